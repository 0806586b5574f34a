"""What the signed papers say of the servers, held against what is seen of them (服务器清单、云服务安全承诺)."""

from tenderproof.testing import Dossier, Hosts, Public, Whereabouts, clause


@clause("HN-3.2-05", "EB-10-2", way="document")
def test_the_signed_list_names_every_server_that_is_seen(public: Public, hosts: Hosts, dossier: Dossier) -> None:
    """Declared names, their aliases and names of the certificate: each address that they lead to stands in the list."""
    listed, seen = dossier.servers(), hosts.named()

    assert public.platform().value.name
    assert [one for one in seen if one.host == hosts.own()]
    assert [str(one) for one in seen if one.is_server and not listed.names(one.host, one.address)] == []


@clause("HN-3.2-06", way="document", acquits=False)
def test_the_cloud_provider_has_committed_itself_for_every_site_that_is_used(public: Public, dossier: Dossier) -> None:
    """Signed by the provider that the list names, for this platform, not expired, and for each site at which its machines are used."""
    clouds, commitment = dossier.servers().clouds, dossier.commitment()

    assert public.platform().value.name
    assert commitment.fault == ""
    assert sorted(clouds) == [commitment.provider]
    assert sorted(clouds[commitment.provider] - set(commitment.sites)) == []


@clause("HN-3.2-05", "EB-10-2", way="document")
def test_no_site_of_the_signed_list_lies_outside_the_territory(public: Public, dossier: Dossier, whereabouts: Whereabouts) -> None:
    """What the operator itself has signed is held against the territory, and each site of its list lies in it or close to its border."""
    listed = dossier.servers()

    assert public.platform().value.name
    assert [site.name for site in listed.sites if whereabouts.surely_outside(site.place)] == []


@clause("DOM-MLPS-CLOUD", way="document")
def test_the_cloud_provider_commits_itself_for_sites_within_the_territory(
    public: Public, dossier: Dossier, whereabouts: Whereabouts
) -> None:
    """The sites for which a valid commitment of the provider's speaks, and all at which its machines are used, lie in the territory."""
    listed, commitment = dossier.servers(), dossier.commitment()
    used = set().union(*listed.clouds.values(), commitment.sites)

    assert public.platform().value.name
    assert commitment.fault == ""
    assert [site.name for site in listed.sites if site.name in used and whereabouts.surely_outside(site.place)] == []


@clause("DOM-CSL-37", way="document", acquits=False)
def test_critical_infrastructure_signs_for_no_store_or_backup_outside_the_territory(
    public: Public, dossier: Dossier, whereabouts: Whereabouts
) -> None:
    """Who has signed that the platform is such, and that something of it is stored abroad, is taken at its word."""
    keeping = dossier.critical()

    assert public.platform().value.name
    assert [str(store) for store in keeping.stores if whereabouts.surely_outside(store.place)] == []


@clause("HN-3.2-05", "EB-10-2", way="document", acquits=False)
def test_no_store_or_backup_that_the_operator_signs_for_lies_outside_the_territory(
    public: Public, dossier: Dossier, whereabouts: Whereabouts
) -> None:
    """What stores a platform's data is one of its servers, whatever the platform is."""
    keeping = dossier.keeping()

    assert public.platform().value.name
    assert [str(store) for store in keeping.stores if whereabouts.surely_outside(store.place)] == []


@clause("DOM-PIPL-40", way="document", acquits=False)
def test_critical_infrastructure_sends_nothing_abroad_without_a_security_assessment(public: Public, dossier: Dossier) -> None:
    """Others may send abroad on other grounds as well; for critical information infrastructure the law names this one."""
    keeping = dossier.critical()

    assert public.platform().value.name
    assert [str(export) for export in keeping.exports if not export.assessed] == []

"""What the signed papers say of the servers, held against what is seen of them (服务器清单、云服务安全承诺)."""

from tenderproof.testing import Dossier, Hosts, Public, clause


@clause("HN-3.2-05", "EB-10-2", way="document")
def test_the_signed_list_names_every_server_that_is_seen(public: Public, hosts: Hosts, dossier: Dossier) -> None:
    """Declared names, their aliases and names of the certificate: each address that they lead to stands in the list."""
    listed, seen = dossier.servers(), hosts.named()

    assert public.platform().value.name
    assert [one for one in seen if one.host == hosts.own()]
    assert [str(one) for one in seen if one.is_server and not listed.names(one.host, one.address)] == []


@clause("HN-3.2-06", way="document")
def test_the_cloud_provider_has_committed_itself_for_every_site_that_is_used(public: Public, dossier: Dossier) -> None:
    """Signed by the provider that the list names, for this platform, not expired, and for each site at which its machines are used."""
    clouds, commitment = dossier.servers().clouds, dossier.commitment()

    assert public.platform().value.name
    assert commitment.fault == ""
    assert sorted(clouds) == [commitment.provider]
    assert sorted(clouds[commitment.provider] - set(commitment.sites)) == []

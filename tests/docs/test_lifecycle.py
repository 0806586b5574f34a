"""The page of a tender's life is made of the model, and shows all of it."""

import write_lifecycle


def test_the_page_is_what_the_model_makes_of_it() -> None:
    assert write_lifecycle.PAGE.read_text("utf-8") == write_lifecycle.page(write_lifecycle.model()), "make lifecycle"


def test_the_page_shows_every_stage_act_and_clause_in_both_languages() -> None:
    life = write_lifecycle.model()
    page = write_lifecycle.page(life)
    titles = [*(stage.title for stage in life.stages.values()), *(life.acts[rule.act].title for rule in life.rules)]

    assert [title for title in titles if f"{title['zh']} · {title['en']}" not in page] == []
    assert [clause for clause in life.clauses if clause not in page] == []


def test_the_diagram_leads_where_the_rules_lead() -> None:
    life = write_lifecycle.model()
    drawn = {line.strip().split(":")[0] for line in write_lifecycle.page(life).split("\n") if " --> " in line}

    assert drawn == {f"[*] --> {life.begins}"} | {f"{stage} --> {rule.to}" for rule in life.rules if rule.to for stage in rule.stages}

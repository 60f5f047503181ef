"""Secrets in sentences: what is hidden, and what stays."""

import re

import pytest
from support.hand_made import finding, range_of

from symlint.lint.finding import RelatedRange
from symlint.lint.hiding.hidden import Hidden, joined
from symlint.lint.hiding.names import is_secret_name
from symlint.lint.hiding.showing import said_finding
from symlint.lint.hiding.texts import MOST_TEXTS, SecretTexts
from symlint.source.text import Range, SourceFile

HIDDEN = [
    ("hunter22secret", 'the value "hunter22secret" is wrong', 'the value "(sensitive)" is wrong'),
    ("hunter22secret", "https://a:hunter22secret@host/", "https://a:(sensitive)@host/"),
    ("hunter22secret", "x-hunter22secret-y", "x-(sensitive)-y"),
    ("hunter22secret", "called SymHunter22Secret", "called Sym(sensitive)"),
    (
        "prod",
        'environment "prod" of prod, prod.',
        'environment "(sensitive)" of (sensitive), (sensitive).',
    ),
    ("prod", "sym_target.prod, products, my-prod and prod_a", None),
    (
        "ab",
        'the type "ab" is ab, "abc", "Ab"',
        'the type "(sensitive)" is ab, "abc", "(sensitive)"',
    ),
    ("7", 'the type "7" is one of 7', 'the type "(sensitive)" is one of 7'),
    (".", 'the type "." is "a"', 'the type "(sensitive)" is "a"'),
    ("hunter22secret", 'the type "hunt…', 'the type "(sensitive)…'),
    ("hunter22secret", 'the type "hu…', None),
    ("prod", "the type my-prod…", None),
    ("prod", "the type products... and pro...", "the type products... and (sensitive)..."),
    ("abcd" * 600, "a name of " + "abcd" * 500 + "…", "a name of (sensitive)…"),
    ('ab"cd"' * 600, "a name of " + 'ab"cd"' * 300 + "…", "a name of (sensitive)…"),
    ("secret...99 and more", "it is secret...99 and...", "it is (sensitive)..."),
    ("secret...99 and more", "it is sec..., secre..", "it is (sensitive)..., secre.."),
    ("abc", 'the type "abc" is abcd', 'the type "(sensitive)" is abcd'),
    ("5432", "port 5432 of 15432", "port (sensitive) of 15432"),
    ("a secret\nof two lines", 'is "a secret\\nof two lines"', 'is "(sensitive)"'),
    ("a secret\nof two lines", "is a secret of two lines", "is (sensitive)"),
    ("line one9\nline two99", "the line: line one9", "the line: (sensitive)"),
    ('with "quotes" inside', "is 'with \"quotes\" inside'", "is '(sensitive)'"),
    ("arn:aws:iam::123456789012:role/x", "the account 123456789012", "the account (sensitive)"),
    ("abcdefghijkl" * 5, 'type "abcdefghijklabcdefghijkl…" is', 'type "(sensitive)…" is'),
    ("abcdefghijkl" * 5, "type abcdefghijklabcdefghijkl... is", "type (sensitive)... is"),
    ("one1two2three3", "", None),
    ("   ", "a   b", None),
    ("hunter22secret", "is aHVudGVyMjJzZWNyZXQ= so", "is (sensitive) so"),
    ("half \ud83d of a character", "is half \ud83d of a character", "is (sensitive)"),
    ("(sensitive)", "(sensitive)", "(sensitive)"),
]


@pytest.mark.parametrize(("secret", "text", "shown"), HIDDEN)
def test_hidden(secret: str, text: str, shown: str | None) -> None:
    assert SecretTexts([secret]).hide(text) == (text if shown is None else shown)


def test_the_longest_of_several_is_hidden() -> None:
    texts = SecretTexts(["secret-1!", "secret-1!-and-more!"])
    assert texts.hide("is secret-1!-and-more! here") == "is (sensitive) here"


def test_of_too_many_whatever_may_be_one_is_hidden() -> None:
    texts = SecretTexts(f"secret{number}!" for number in range(MOST_TEXTS + 1))
    shown = texts.hide('the type "anything" of an environment is a1/b, not secret7!')
    assert shown == 'the type "(sensitive)" of an environment is (sensitive), not (sensitive)'


@pytest.mark.no_cover
def test_many_comparisons_are_not_made() -> None:
    """Texts of all lengths that begin alike, in sentences that consist of nothing else."""
    texts = SecretTexts("a" * number + "1" for number in range(20, 1020))
    sentence = "b" + "a" * 400 + "b"
    counted = 0
    while not texts.too_many:
        texts.hide(sentence)
        counted += 1
        assert counted < 100
    assert "a" * 20 + "1" not in texts.hide("is " + "a" * 20 + "1 here")


def test_secrets_are_hidden_wherever_they_stand_in_a_file() -> None:
    texts = SecretTexts(["hunter22secret", "prod", "one1one1\ntwo2two2"])
    source = SourceFile("/x/main.tf", '# hunter22secret\na = "prod" # two2two2, hunter22secrets\n')
    shown = Hidden({}, texts).source(source).text
    assert shown == '# **************\na = "prod" # ********, **************s\n'


def test_of_too_many_all_in_quotes_is_hidden_in_files() -> None:
    texts = SecretTexts(f"secret{number}!" for number in range(MOST_TEXTS + 1))
    source = SourceFile("/x/main.tf", 'a = "b c" # secret7!\n')
    assert Hidden({}, texts).source(source).text == 'a = "* *" # ********\n'


def test_source_lines_keep_their_places() -> None:
    source = SourceFile(
        "/x/main.tf", 'a = "secret"\nb = <<EOT\n  more\n\tof it\nEOT\n# ghp_token\n'
    )
    spans = [(5, 11), (23, 36)]
    hidden = Hidden({("/x/main.tf", source.text): spans}, None, re.compile(r"ghp_\w+"))
    shown = hidden.source(source)
    assert shown.text == 'a = "******"\nb = <<EOT\n  ****\n\t** **\nEOT\n# *********\n'
    assert len(shown.text) == len(source.text)
    assert hidden.source(source) is shown
    range_ = Range(source, 5, 11)
    assert hidden.range(range_).start_position == range_.start_position
    other = SourceFile("/x/main.tf", "another text")
    assert hidden.source(other) is other


def test_joined_hides_what_each_hides() -> None:
    source = SourceFile("/x/main.tf", "secret here, secret there")
    one = Hidden({("/x/main.tf", source.text): [(0, 6)]}, SecretTexts(["one1one1"]))
    other = Hidden({("/x/main.tf", source.text): [(13, 19)]}, SecretTexts(["two2two2"]))
    both = joined([one, other])
    assert both.source(source).text == "****** here, ****** there"
    assert both.text("one1one1 two2two2") == "(sensitive) (sensitive)"


def test_no_secret_is_in_what_is_printed_of_them() -> None:
    texts = SecretTexts(["hunter22secret"])
    assert "hunter22secret" not in repr((texts, Hidden({}, texts)))


@pytest.mark.parametrize(
    "name",
    ["password", "db_password", "DB_PASSWORD", "api_key", "apikey", "slack_token", "secret_string",
     "secret_string_wo", "private_key_pem", "client_secret", "datadog_access_key", "token"],
)  # fmt: skip  # as many a line as fit
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["secret_id", "api_token_secret", "password_arn", "key", "secrets", "tokenizer", "public_key",
     "environment", "oauth_token_secret", "secretsmanager", "path", "api_key_id", "kms_key", "a" * 10_000],
)  # fmt: skip  # as many a line as fit
def test_names_of_what_leads_to_secrets(name: str) -> None:
    assert not is_secret_name(name)


def test_names_that_are_like_a_secret_are_hidden() -> None:
    texts = SecretTexts(["Canary 7f3a.x"])
    assert texts.hide('write "canary-7f3a-x"') == 'write "(sensitive)"'
    assert texts.hide('write "canary_7f3a_x"') == 'write "(sensitive)"'


def test_what_is_said_of_many_things_is_searched_once_for_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[str] = []
    hide = SecretTexts.hide

    def counted(texts: SecretTexts, text: str) -> str:
        searched.append(text)
        return hide(texts, text)

    monkeypatch.setattr(SecretTexts, "hide", counted)
    hidden = Hidden({}, SecretTexts(["hunter22secret"]))
    source = SourceFile("/main.tf", "a = 1\nb = 2\n")
    found = [finding(range_of(source, it))._replace(why="hunter22secret") for it in "12"]
    said = [said_finding(it, hidden) for it in found]
    assert [it.why for it in said] == ["(sensitive)"] * 2
    assert searched.count("hunter22secret") == 1
    assert len(searched) == len(set(searched))


def test_a_finding_that_says_no_secret_is_not_copied() -> None:
    related = (RelatedRange(range_of(SourceFile("/main.tf", "a = 1"), "1"), "here"),)
    found = finding(related[0].range)._replace(related=related)
    assert said_finding(found, Hidden({}, SecretTexts(["hunter22secret"]))) is found
    assert said_finding(found, Hidden({}, SecretTexts(["here"]))).related[0].label == "(sensitive)"

"""What the processes that deploy/ starts are told of the caller's environment."""

from deploy.settings import environment


def test_the_caller_may_say_otherwise(monkeypatch, tmp_path):
    """A setting of Airflow's or of ours that is exported already wins; the home is the launcher's."""
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "2")
    monkeypatch.setenv("AIRFLOW_HOME", "/elsewhere")
    told = environment({"AIRFLOW__CORE__PARALLELISM": "4", "NEWSWIRE_DATA": "data"}, tmp_path)
    assert (told["AIRFLOW__CORE__PARALLELISM"], told["NEWSWIRE_DATA"]) == ("2", "data")
    assert told["AIRFLOW_HOME"] == str(tmp_path)


def test_a_cluster_is_not_given_the_keys_of_other_servers(monkeypatch, tmp_path):
    """Exported for a Postgres or an S3 elsewhere, they neither lock it out of its own nor are shown to them."""
    for name in ("PGPASSWORD", "PGSSLMODE", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.setenv(name, "theirs")
    cluster = environment({"PGPASSWORD": "ours", "AWS_ACCESS_KEY_ID": "ours"}, tmp_path)
    local = environment({"AIRFLOW__CORE__EXECUTOR": "LocalExecutor"}, tmp_path)
    named = ("PGPASSWORD", "PGSSLMODE", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_PROFILE")
    assert [cluster.get(name) for name in named] == ["ours", None, "ours", None, None]
    assert [local[name] for name in named] == ["theirs"] * 5

"""The policies of docs/operations.md: what each allows is what is needed, and nothing more.

moto judges by actions and resources. It takes no notice of conditions, so none is tested here.
"""

import json
import re

import boto3
import pytest
from airflow_home import ROOT
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core import set_initial_no_auth_action_count
from moto.iam.policy_validation import IAMPolicyDocumentValidator

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
READ, WOKEN, TOLD, LAKE = re.findall(r"```json\n(.+?)```", PAGE, re.DOTALL)
REGION = "eu-north-1"


@pytest.fixture
def aws(monkeypatch):
    """An account with two buckets of one object here and there, and a queue; its address."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        store = boto3.client("s3")
        for bucket in ("wire", "newswire"):
            store.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
            for key in ("stories/a", "lake/a", "warehouse/a", "other/a"):
                store.put_object(Bucket=bucket, Key=key, Body=b"x")
        yield boto3.client("sqs").create_queue(QueueName="landing")["QueueUrl"]


def login_with(policy):
    """A user with this policy alone."""
    iam = boto3.client("iam")
    iam.create_user(UserName="user")
    iam.put_user_policy(UserName="user", PolicyName="policy", PolicyDocument=policy)
    key = iam.create_access_key(UserName="user")["AccessKey"]
    return {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}


@set_initial_no_auth_action_count(0)
def allowed(client, calls):
    """Which of some calls are: each a method and its arguments."""
    found = []
    for method, arguments in calls:
        try:
            getattr(client, method)(**arguments)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
                raise
        else:
            found.append((method, arguments.get("Key")))
    return found


def on_objects(bucket):
    keys = [{"Bucket": bucket, "Key": key} for key in ("stories/a", "lake/a", "warehouse/a", "other/a")]
    calls = [(method, each) for each in keys for method in ("get_object", "put_object", "delete_object")]
    return [("list_objects_v2", {"Bucket": bucket, "Prefix": "stories/"}), *calls]


@pytest.mark.usefixtures("aws")
def test_a_source_may_read_its_prefix_and_change_nothing():
    """List and get, below the prefix alone."""
    store = boto3.client("s3", **login_with(READ))
    assert allowed(store, on_objects("wire")) == [("list_objects_v2", None), ("get_object", "stories/a")]
    assert allowed(store, on_objects("newswire")) == []


def test_what_wakes_a_source_may_receive_and_not_send(aws):
    """Nor empty the queue, nor delete it."""
    calls = ["receive_message", "get_queue_attributes", "purge_queue", "delete_queue"]
    asked = [*((call, {"QueueUrl": aws}) for call in calls), ("send_message", {"QueueUrl": aws, "MessageBody": "x"})]
    queue = boto3.client("sqs", **login_with(WOKEN))
    assert allowed(queue, asked) == [("receive_message", None), ("get_queue_attributes", None)]


@pytest.mark.usefixtures("aws")
def test_the_pipeline_may_write_its_lake_and_its_warehouse_alone():
    """Read, write and delete below the two prefixes of its bucket."""
    store = boto3.client("s3", **login_with(LAKE))
    methods = ("get_object", "put_object", "delete_object")
    ours = [(method, key) for key in ("lake/a", "warehouse/a") for method in methods]
    assert allowed(store, on_objects("newswire")) == [("list_objects_v2", None), *ours]
    assert allowed(store, on_objects("wire")) == []


@pytest.mark.parametrize("policy", [READ, WOKEN, LAKE])
def test_iam_takes_the_policies(policy):
    """Their grammar is right."""
    IAMPolicyDocumentValidator(policy).validate()


def test_only_the_bucket_may_fill_the_queue(aws):
    """The queue's own policy names S3, one bucket and one account."""
    boto3.client("sqs").set_queue_attributes(QueueUrl=aws, Attributes={"Policy": TOLD})
    (statement,) = json.loads(TOLD)["Statement"]
    assert (statement["Principal"], statement["Action"]) == ({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")
    assert statement["Condition"] == {
        "ArnEquals": {"aws:SourceArn": "arn:aws:s3:::wire"},
        "StringEquals": {"aws:SourceAccount": "123456789012"},
    }

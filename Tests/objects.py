"""An S3-compatible store that others wrote (moto), on a free port.

Called with a folder: when it is ready, the file `ready` there has the port, the access key's id and its secret. It ends
with its standard input."""

import json
import os
import sys

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
port = server.get_host_and_port()[1]
anybody = dict(
    endpoint_url=f"http://127.0.0.1:{port}", aws_access_key_id="a", aws_secret_access_key="b",
    region_name="ap-northeast-1")
iam = boto3.client("iam", **anybody)
iam.create_user(UserName="town")
key = iam.create_access_key(UserName="town")["AccessKey"]
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="town", PolicyName="all", PolicyDocument=json.dumps(policy))
boto3.client("s3", **anybody).create_bucket(
    Bucket="town", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
with open(os.path.join(sys.argv[1], "part"), "w") as file:
    file.write(f"{port} {key['AccessKeyId']} {key['SecretAccessKey']}")
os.rename(os.path.join(sys.argv[1], "part"), os.path.join(sys.argv[1], "ready"))
sys.stdin.read()

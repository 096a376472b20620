# Boots an application server on Amazon Linux 2023.
# The lines above set STACK, RESOURCE, REGION, BUNDLE, PORT, HEALTH_PATH, START, ENVIRONMENT and the DATABASE_ variables.
set -euo pipefail

signal() {
  /opt/aws/bin/cfn-signal --exit-code "$1" --stack "$STACK" --resource "$RESOURCE" --region "$REGION"
}
trap 'code=$?; echo "boot failed at line $LINENO with exit code $code: $BASH_COMMAND"; signal "$code"; exit "$code"' ERR

dnf install -y $PACKAGES

mkdir -p /opt/application
aws s3 cp "$BUNDLE" /opt/application/bundle.tar.gz --region "$REGION"
tar -xzf /opt/application/bundle.tar.gz -C /opt/application

# No password stands here: the application asks Secrets Manager for it, with the instance's role.
cat >/etc/application.env <<END
PORT=$PORT
AWS_REGION=$REGION
DATABASE_HOST=$DATABASE_HOST
DATABASE_PORT=$DATABASE_PORT
DATABASE_NAME=$DATABASE_NAME
DATABASE_SECRET_ARN=$DATABASE_SECRET_ARN
DATABASE_CA_FILE=$DATABASE_CA_FILE
$ENVIRONMENT
END

cat >/etc/systemd/system/application.service <<END
[Unit]
Description=Application server
After=network-online.target
Wants=network-online.target

[Service]
DynamicUser=yes
WorkingDirectory=/opt/application
EnvironmentFile=/etc/application.env
ExecStart=$START
Restart=always
RestartSec=1
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
END

systemctl daemon-reload
systemctl enable --now application

# It counts as booted when it answers, not when it was started.
answers() { curl --silent --fail --output /dev/null "http://127.0.0.1:$PORT$HEALTH_PATH"; }
for _ in {1..300}; do answers && break; sleep 0.2; done
answers
signal 0

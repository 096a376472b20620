# Boots a web server on Amazon Linux 2023: nginx serves the pages and hands the rest to the internal load balancer.
# The lines above set STACK, RESOURCE, REGION, BUNDLE, APPLICATION and PORT.
set -euo pipefail

signal() {
  /opt/aws/bin/cfn-signal --exit-code "$1" --stack "$STACK" --resource "$RESOURCE" --region "$REGION"
}
trap 'code=$?; echo "boot failed at line $LINENO with exit code $code: $BASH_COMMAND"; signal "$code"; exit "$code"' ERR

dnf install -y nginx

mkdir -p /opt/web
aws s3 cp "$BUNDLE" /opt/web/web.tar.gz --region "$REGION"
tar -xzf /opt/web/web.tar.gz -C /opt/web

# nginx looks a name up once, when it starts, but a load balancer's addresses change. A variable in proxy_pass would
# follow them and lose keep-alive; so the addresses are written into the upstream block, and nginx reloads when they change.
cat >/usr/local/bin/follow-application <<'END'
#!/bin/bash
# follow-application NAME PORT [once]: keeps /etc/nginx/application.conf at the addresses of NAME.
file=/etc/nginx/application.conf
while true; do
  addresses=$(getent ahostsv4 "$1" | awk '{ print $1 }' | sort -u)
  if [[ -n "$addresses" ]]; then
    next=$(
      echo 'upstream application {'
      for address in $addresses; do echo "  server $address:$2 max_fails=2 fail_timeout=5s;"; done
      echo '  keepalive 64;'
      echo '}'
    )
    if [[ "$next" != "$(cat "$file" 2>/dev/null)" ]]; then
      echo "$next" >"$file"
      [[ "${3:-}" == once ]] || systemctl reload nginx
    fi
    [[ "${3:-}" == once ]] && exit 0
  fi
  sleep 3
done
END
chmod 755 /usr/local/bin/follow-application

cat >/etc/systemd/system/follow-application.service <<END
[Unit]
Description=Keeps nginx at the addresses of the internal load balancer
After=network-online.target nginx.service
Wants=network-online.target

[Service]
ExecStart=/usr/local/bin/follow-application $APPLICATION $PORT
Restart=always
RestartSec=3

[Install]
WantedBy=multi-user.target
END

cat >/etc/nginx/nginx.conf <<'END'
worker_processes auto;
worker_rlimit_nofile 16384;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log warn;

events {
  worker_connections 4096;
}

http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /var/log/nginx/access.log combined buffer=32k flush=1s;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 75s;
  keepalive_requests 10000;
  server_tokens off;
  gzip on;
  gzip_proxied any;
  gzip_types text/css text/javascript application/javascript application/json image/svg+xml;

  include /etc/nginx/application.conf;

  # Keeps connections to the application open, and hands an upgrade to WebSocket through when a browser asks for one.
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' '';
  }

  server {
    listen 80 default_server;
    root /opt/web/public;
    client_max_body_size 256k;

    # The external load balancer asks here: the web server answers for itself, not for the application behind it.
    location = /health {
      access_log off;
      default_type text/plain;
      return 200 "ok\n";
    }

    location ~ ^/(api|health)/ {
      proxy_pass http://application;
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_connect_timeout 2s;
      proxy_next_upstream error timeout;
    }

    location / {
      try_files $uri $uri/ =404;
      # Asked for again each time, and answered with 304 while unchanged: files out of an archive have old dates, from
      # which a browser would conclude that it need not ask for months.
      add_header Cache-Control no-cache;
      add_header X-Content-Type-Options nosniff;
      add_header Content-Security-Policy "frame-ancestors 'none'";
    }
  }
}
END

timeout 120 /usr/local/bin/follow-application "$APPLICATION" "$PORT" once
systemctl daemon-reload
systemctl enable --now nginx
systemctl enable --now follow-application

# It counts as booted when it answers, not when it was started.
answers() { curl --silent --fail --output /dev/null http://127.0.0.1/health; }
for _ in {1..300}; do answers && break; sleep 0.2; done
answers
signal 0

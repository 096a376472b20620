import type { Package } from './package.ts';

const nginxUnit = `[Unit]
Description=The nginx HTTP and reverse proxy server
After=network-online.target remote-fs.target nss-lookup.target
Wants=network-online.target

[Service]
Type=forking
PIDFile=/run/nginx.pid
ExecStartPre=/usr/bin/rm -f /run/nginx.pid
ExecStartPre=/usr/sbin/nginx -t
ExecStart=/usr/sbin/nginx
ExecReload=/usr/sbin/nginx -s reload
KillSignal=SIGQUIT
TimeoutStopSec=5
KillMode=mixed

[Install]
WantedBy=multi-user.target
`;

/** As Amazon Linux 2023 ships it, which is not how Debian does: one default server, `conf.d` and `default.d`. */
const nginxConfiguration = `user nginx;
worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid /run/nginx.pid;

include /usr/share/nginx/modules/*.conf;

events {
    worker_connections 1024;
}

http {
    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile            on;
    tcp_nopush          on;
    keepalive_timeout   65;
    types_hash_max_size 4096;

    include             /etc/nginx/mime.types;
    default_type        application/octet-stream;

    include /etc/nginx/conf.d/*.conf;

    server {
        listen       80;
        listen       [::]:80;
        server_name  _;
        root         /usr/share/nginx/html;

        include /etc/nginx/default.d/*.conf;

        error_page 404 /404.html;
        location = /404.html {
        }

        error_page 500 502 503 504 /50x.html;
        location = /50x.html {
        }
    }
}
`;

const mimeTypes = `types {
    text/html html htm shtml;
    text/css css;
    text/xml xml;
    image/gif gif;
    image/jpeg jpeg jpg;
    application/javascript js mjs;
    application/atom+xml atom;
    application/rss+xml rss;
    text/plain txt;
    image/avif avif;
    image/png png;
    image/svg+xml svg svgz;
    image/tiff tif tiff;
    image/webp webp;
    image/x-icon ico;
    font/woff woff;
    font/woff2 woff2;
    application/json json;
    application/manifest+json webmanifest;
    application/pdf pdf;
    application/wasm wasm;
    application/zip zip;
    application/octet-stream bin exe dll deb dmg iso img;
    audio/mpeg mp3;
    audio/ogg ogg;
    audio/x-m4a m4a;
    video/mp4 mp4;
    video/mpeg mpeg mpg;
    video/webm webm;
}
`;

const proxyParameters = [
  'QUERY_STRING $query_string',
  'REQUEST_METHOD $request_method',
  'CONTENT_TYPE $content_type',
  'CONTENT_LENGTH $content_length',
  'SCRIPT_NAME $fastcgi_script_name',
  'REQUEST_URI $request_uri',
  'DOCUMENT_URI $document_uri',
  'DOCUMENT_ROOT $document_root',
  'SERVER_PROTOCOL $server_protocol',
  'REQUEST_SCHEME $scheme',
  'REMOTE_ADDR $remote_addr',
  'REMOTE_PORT $remote_port',
  'SERVER_ADDR $server_addr',
  'SERVER_PORT $server_port',
  'SERVER_NAME $server_name',
];

const html = (title: string, text: string) =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>\n`;

/** nginx as Amazon Linux 2023 lays it down. */
export const nginx: Package = {
  program: 'nginx',
  folders: [
    '/etc/nginx/conf.d',
    '/etc/nginx/default.d',
    '/usr/share/nginx/html',
    '/usr/share/nginx/modules',
    '/var/log/nginx',
    '/var/lib/nginx/tmp',
    '/usr/lib/systemd/system',
  ],
  files: {
    '/etc/nginx/nginx.conf': nginxConfiguration,
    '/etc/nginx/mime.types': mimeTypes,
    '/etc/nginx/fastcgi_params': proxyParameters.map((line) => `fastcgi_param ${line};\n`).join(''),
    '/etc/nginx/uwsgi_params': proxyParameters.map((line) => `uwsgi_param ${line};\n`).join(''),
    '/usr/share/nginx/html/index.html': html('Welcome to nginx!', 'nginx answers with its first page.'),
    '/usr/share/nginx/html/404.html': html('Not found', 'There is no such page.'),
    '/usr/share/nginx/html/50x.html': html('An error occurred', 'The page is not available at the moment.'),
    '/usr/lib/systemd/system/nginx.service': nginxUnit,
  },
  accounts: [{ name: 'nginx', id: 992, home: '/var/lib/nginx' }],
};

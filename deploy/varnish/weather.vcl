# A replica behind Varnish, which stores by Cache-Control and Vary of the service, and nothing of
# clients with a cookie. TRUSTED_PROXIES=1
vcl 4.1;

backend weather {
    .host = "weather-1";
    .port = "8000";
    .connect_timeout = 1s;
    .first_byte_timeout = 10s;
}

sub vcl_recv {
    # Replaced and not appended to: clients must not choose their own.
    set req.http.X-Forwarded-For = client.ip;
}

sub vcl_deliver {
    set resp.http.X-Cache = "MISS";
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    }
}

using System.IO.Compression;
using System.Text;
using Causality.Contracts.Http;
using Causality.Core;

namespace Causality.Gateway.Tests.Inputs;

/// <summary>Rows S14 to S21, S41 and S42: targets, sizes, encodings, headers, methods.</summary>
internal static class HttpInputs
{
    public static IEnumerable<InputCase> All()
    {
        foreach (var id in new[]
        {
            "..%2f..%2fetc%2fpasswd", "%252e%252e", "..%5c..%5cboot.ini", "%2fetc%2fpasswd", "one%20", "-one", "_one", ".one", "one%0a", "one%0d%0aX-Y:%20z", "one%3b", "%D0%B0lpha", "alph%EF%BD%81",
            "one%E2%80%AE", "a%27%3B%20drop%20table%20x", "a%22", "%3Cscript%3E", new string('a', 129), new string('a', 5_000), "%F0%9F%92%A5", "con%3a", "~", "a*", "a%7cb",
        })
        {
            var name = id.Length > 40 ? $"{id.Length} characters" : id;
            yield return new("S14", $"GET {name}", doors => doors.RawAsync(Raw("GET", $"{SyncRoutes.Segments}/{id}")), 400, "invalid-segment-id");
            yield return new("S14", $"PUT {name}", doors => doors.RawAsync(Raw("PUT", $"{SyncRoutes.Segments}/{id}")), 400, "invalid-segment-id");
            yield return new("S14", $"POST {name}", doors => doors.RawAsync(Raw("POST", $"{SyncRoutes.Segments}/{id}/reconcile")), 400, "invalid-segment-id");
        }

        foreach (var id in new[] { "%c0%ae%c0%ae", "%00", "%ff", "a%00b" })
            yield return new("S14", $"below HTTP: {id}", doors => doors.RawAsync(Raw("GET", $"{SyncRoutes.Segments}/{id}")), 400, id is "%00" or "a%00b" ? null : "invalid-segment-id");
        yield return new("S14", "dots in the path", doors => doors.RawAsync(Raw("GET", "/sync/v1/segments/../../etc/passwd")), 404, "not-found");
        foreach (var id in new[] { "\"\"", "null", "\"..\"", "\"a/b\"", "\"а\"", "\"a \"", "\"\\u0000\"", "\"" + new string('x', 10_240) + "\"" })
            yield return new("S15", $"ids: [{(id.Length > 40 ? "10 kB" : id)}]", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json($"{{\"ids\":[{id}]}}")), 400, "invalid-segment-id");
        yield return new("S15", "after", doors => doors.PeerAsync("GET", $"{SyncRoutes.Segments}?after=.."), 400, "invalid-segment-id");
        yield return new("S15", "after, empty", doors => doors.PeerAsync("GET", $"{SyncRoutes.Segments}?after="), 400, "invalid-segment-id");

        foreach (var (method, target, type) in new[] { ("POST", SyncRoutes.SegmentMetadata, SyncMediaTypes.Json), ("POST", SyncRoutes.Reconcile, SyncMediaTypes.Negentropy), ("POST", SyncRoutes.ReconcileSymbols, SyncMediaTypes.Reconciliation) })
        {
            foreach (var length in new[] { "3000000", "2147483648", "99999999999", "9223372036854775807" })
                yield return new("S17", $"{target} of {length}", doors => doors.RawAsync(Raw(method, target, $"Content-Type: {type}\r\nContent-Length: {length}\r\n")), 413, "payload-too-large");
            yield return new("S18", $"{target} in chunks", doors => doors.RawAsync(
                Raw(method, target, $"Content-Type: {type}\r\nTransfer-Encoding: chunked\r\n") + string.Concat(Enumerable.Repeat("10000\r\n" + new string(' ', 0x10000) + "\r\n", 33))), 413, "payload-too-large");
        }

        yield return new("S17", "a segment of 64 MiB and a byte", doors => doors.RawAsync(Raw("PUT", SyncRoutes.SegmentOf("a"),
            $"Content-Type: {SyncMediaTypes.Segment}\r\n{SyncHeaders.Origin}: peer\r\n{SyncHeaders.ContentHash}: {new string('0', 64)}\r\nContent-Length: {SegmentLimits.MaxBytes + 1}\r\n")), 413, "payload-too-large");
        yield return new("S17", "entries of 17 MiB", doors => doors.ApplicationAsync("POST", "/v1/entries", InputDoors.Body(new byte[17 * 1024 * 1024], SyncMediaTypes.Lines), ("Expect", "100-continue")), 413, "payload-too-large");
        yield return new("S17", "a length that is no number", doors => doors.RawAsync(Raw("POST", SyncRoutes.SegmentMetadata, "Content-Type: application/json\r\nContent-Length: x\r\n")), 400, null);
        yield return new("S17", "two lengths", doors => doors.RawAsync(Raw("POST", SyncRoutes.SegmentMetadata, "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n") + "{}"), 400, null);
        yield return new("S17", "a negative length", doors => doors.RawAsync(Raw("POST", SyncRoutes.SegmentMetadata, "Content-Type: application/json\r\nContent-Length: -1\r\n")), 400, null);
        yield return new("S18", "a segment in chunks", doors => doors.RawAsync(Raw("PUT", SyncRoutes.SegmentOf("a"),
            $"Content-Type: {SyncMediaTypes.Segment}\r\n{SyncHeaders.Origin}: peer\r\n{SyncHeaders.ContentHash}: {new string('0', 64)}\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"), 400, "bad-request");

        foreach (var chunk in new[] { "ffffffffffffffff", "80000000", "fffffffffffffffffffffffffffffffff", "-1", "x", "", "a\n{\"ids\":[]}", "5\r\n{\"ids\":[]}" })
        {
            var body = $"{chunk}\r\n\r\n";
            yield return new("S18", $"a chunk of '{chunk.ReplaceLineEndings(" ")}'", doors => doors.RawAsync(Raw("POST", SyncRoutes.SegmentMetadata, "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n") + body), 400, "bad-request");
        }

        foreach (var coding in new[] { "xchunked", "chunked, identity", "identity", "\vchunked" })
            yield return new("S18", $"a transfer coding '{coding}'", doors => doors.RawAsync(Raw("POST", SyncRoutes.SegmentMetadata, $"Content-Type: application/json\r\nTransfer-Encoding: {coding}\r\n") + "0\r\n\r\n"), 400, null);

        foreach (var encoding in new[] { "gzip", "br", "deflate", "zstd", "gzip, gzip", "GZIP", "identity", "x" })
        {
            yield return new("S19", $"json in {encoding}", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Body(Bomb(), "application/json", encoding)), 415, "unsupported-media-type");
            yield return new("S19", $"a message in {encoding}", doors => doors.PeerAsync("POST", SyncRoutes.Reconcile, InputDoors.Body(Bomb(), SyncMediaTypes.Negentropy, encoding)), 415, "unsupported-media-type");
            yield return new("S19", $"entries in {encoding}", doors => doors.ApplicationAsync("POST", "/v1/entries", InputDoors.Body(Bomb(), SyncMediaTypes.Lines, encoding)), 415, "unsupported-media-type");
        }

        foreach (var coding in new[] { "gzip, chunked", "br,chunked", "chunked, chunked" })
            yield return new("S19", $"json in the transfer coding {coding}", doors => doors.RawAsync(Raw("POST", SyncRoutes.SegmentMetadata, $"Content-Type: application/json\r\nTransfer-Encoding: {coding}\r\n") + "0\r\n\r\n"), 415, "unsupported-media-type");

        foreach (var type in new[] { null, "text/plain", "application/json; charset=utf-7", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/jsonx", "*/*", "application/" })
        {
            yield return new("S21", $"json as {type ?? "nothing"}", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Body("{\"ids\":[]}"u8.ToArray(), type)), 415, "unsupported-media-type");
            yield return new("S21", $"a message as {type ?? "nothing"}", doors => doors.PeerAsync("POST", SyncRoutes.ReconcileSymbols, InputDoors.Body([0], type)), 415, "unsupported-media-type");
            yield return new("S21", $"entries as {type ?? "nothing"}", doors => doors.ApplicationAsync("POST", "/v1/entries", InputDoors.Body("{}"u8.ToArray(), type)), 415, "unsupported-media-type");
        }

        yield return new("S21", "a byte order mark", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Body([0xEF, 0xBB, 0xBF, .. "{\"ids\":[]}"u8], "application/json")), 415, "unsupported-media-type");
        yield return new("S21", "a byte order mark of UTF-16", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Body(Encoding.Unicode.GetPreamble(), "application/json")), 400, "malformed-json");

        yield return new("S41", "101 headers", doors => doors.RawAsync(Raw("GET", SyncRoutes.Info, string.Concat(Enumerable.Range(0, 101).Select(number => $"X-{number}: 1\r\n")))), 431, null);
        yield return new("S41", "33 kB in one header", doors => doors.RawAsync(Raw("GET", SyncRoutes.Info, $"X-Large: {new string('a', 33_000)}\r\n")), 431, null);
        yield return new("S41", "33 kB in many headers", doors => doors.RawAsync(Raw("GET", SyncRoutes.Info, string.Concat(Enumerable.Range(0, 50).Select(number => $"X-{number}: {new string('a', 700)}\r\n")))), 431, null);
        yield return new("S41", "a request line of 9 kB", doors => doors.RawAsync(Raw("GET", $"{SyncRoutes.Segments}/{new string('a', 9_000)}")), 414, null);
        foreach (var (name, text) in new[] { ("no version", "GET /\r\n\r\n"), ("a header without a name", Raw("GET", SyncRoutes.Info, ": x\r\n")), ("a folded header", Raw("GET", SyncRoutes.Info, "X-A: 1\r\n b\r\n")), ("no host", $"GET {SyncRoutes.Info} HTTP/1.1\r\n\r\n"), ("two hosts", Raw("GET", SyncRoutes.Info, "Host: b\r\n")) })
            yield return new("S41", name, doors => doors.RawAsync(text), 400, null);

        foreach (var version in new[] { "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.0" })
            yield return new("S42", $"version {version}", doors => doors.RawAsync($"GET {SyncRoutes.Info} {version}\r\nHost: localhost\r\n\r\n"), 505, null);
        foreach (var (name, target, status) in new[] { ("another host", "http://evil.example/v1/log", 400), ("a file", "file:///etc/passwd", 400), ("a host and a port", "localhost:80", 405), ("everything", "*", 405) })
            yield return new("S42", $"a target that names {name}", doors => doors.RawAsync(Raw("GET", target)), status, null);

        foreach (var method in new[] { "PUT", "DELETE", "PATCH", "OPTIONS", "BREW" })
            yield return new("S42", $"{method} info", doors => doors.RawAsync(Raw(method, SyncRoutes.Info)), 405, "method-not-allowed");
        yield return new("S42", "TRACE info", doors => doors.RawAsync(Raw("TRACE", SyncRoutes.Info)), 405, "method-not-allowed");
        yield return new("S42", "DELETE entries", doors => doors.ApplicationAsync("DELETE", "/v1/entries"), 405, "method-not-allowed");
        foreach (var target in new[] { "/sync/v1/..;/segments", "/sync/v1//segments", "//sync/v1/info", "/sync/v1/info/", "/sync/v1/info%2f", "/SYNC/V1/nothing" })
            yield return new("S42", target, doors => doors.RawAsync(Raw("GET", target)), target == "/sync/v1/info/" ? 200 : 404, target == "/sync/v1/info/" ? null : "not-found");
        foreach (var host in new[] { "rebound.example", "evil.example:7070", "127.0.0.1.evil.example", "169.254.169.254" })
            yield return new("S42", $"host {host}", doors => doors.ApplicationAsync("GET", "/v1/log", null, ("Host", host)), 400, "host-not-allowed");
    }

    private static string Raw(string method, string target, string headers = "") => $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n";

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(new byte[1024 * 1024]);
        return packed.ToArray();
    }
}

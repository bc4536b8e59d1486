using System.Text;
using Causality.Contracts.Http;
using Causality.Core;

namespace Causality.Gateway.Tests.Inputs;

/// <summary>Rows S22 to S31 and S50: what bodies say.</summary>
internal static class ContentInputs
{
    private const string Line = "{\"id\":\"x\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":{}}\n";

    public static IEnumerable<InputCase> All() => [.. Json(), .. Numbers(), .. Segments(), .. Bounds(), .. Sql()];

    private static IEnumerable<InputCase> Json()
    {
        foreach (var depth in new[] { 33, 100, 10_000 })
        {
            yield return new("S22", $"arrays, {depth} deep", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json(new string('[', depth) + new string(']', depth))), 400, "json-too-deep");
            yield return new("S22", $"objects, {depth} deep", doors => doors.PeerAsync("POST", SyncRoutes.Diff, InputDoors.Json(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth))), 400, "json-too-deep");
            yield return new("S22", $"an entry, {depth} deep", doors => doors.ApplicationAsync("POST", "/v1/entries", InputDoors.Json("{\"id\":\"x\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":" + new string('[', depth) + new string(']', depth) + "}")), 400, "invalid-entry");
        }

        foreach (var body in new[]
        {
            "", " ", "null", "[]", "1", "\"x\"", "{", "{}", "{\"ids\":[]", "{\"ids\":[],}", "{\"ids\":[],\"ids\":[]}", "{\"ids\":[],\"IDS\":[]}", "{\"ids\":null}", "{\"ids\":{}}", "{\"ids\":[NaN]}", "{\"ids\":[Infinity]}",
            "{\"ids\":[1e400]}", "{\"ids\":[-0]}", "{\"ids\":[\"\\ud800\"]}", "{\"ids\":[\"\\udc00a\"]}", "{\"ids\":[],\"more\":1}", "{\"ids\":[],\"$type\":\"System.Object\"}", "{\"ids\":[]} x", "{\"ids\":[]}{\"ids\":[]}",
            "{\"ids\":[]}//", "{'ids':[]}", "{ids:[]}", "{\"ids\":[true]}", "{\"__proto__\":{}}",
        })
            yield return new("S23", $"metadata {body}", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json(body)), 400, "malformed-json");
        yield return new("S23", "bytes that are no UTF-8", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Body([.. "{\"ids\":[\""u8, 0xC0, 0xAF, .. "\"]}"u8], "application/json")), 400, "malformed-json");
        yield return new("S23", "a string of 1.5 MB", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json($"{{\"ids\":[\"{new string('a', 1_500_000)}\"]}}")), 400, "invalid-segment-id");
        yield return new("S23", "a string of 10 MB", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json($"{{\"ids\":[\"{new string('a', 10_000_000)}\"]}}"), "peer", ("Expect", "100-continue")), 413, "payload-too-large", OwnBytes: 50_000_000);
        yield return new("S31", "1,000,000 ids", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json("{\"ids\":[" + string.Join(',', Enumerable.Repeat("\"a\"", 1_000_000)) + "]}"), "peer", ("Expect", "100-continue")), 413, "payload-too-large", OwnBytes: 50_000_000);
        yield return new("S23", "an array of 500,000", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json("{\"ids\":[" + string.Join(',', Enumerable.Repeat("\"a\"", 500_000)) + "]}")), 400, "too-many-items");
        foreach (var entry in new[]
        {
            "", "null", "[]", "{}", "{\"id\":\"x\"}", Line.Replace("\"data\":{}", "\"data\":{},\"data\":{}", StringComparison.Ordinal), Line.Replace("{}", "NaN", StringComparison.Ordinal), Line.Replace("fact", "opinion", StringComparison.Ordinal),
            Line.Replace("\"x\"", "\"\"", StringComparison.Ordinal), Line.Replace("\"x\"", "\"\\ud800\"", StringComparison.Ordinal), Line.Replace("\"x\"", "7", StringComparison.Ordinal), Line.Replace("\"x\"", $"\"{new string('a', 257)}\"", StringComparison.Ordinal),
            Line.Replace("\"data\":{}", "\"data\":{},\"more\":1", StringComparison.Ordinal), Line.Replace("{}", "{\"a\":1,\"a\":2}", StringComparison.Ordinal), Line.Replace("{}", "[1,]", StringComparison.Ordinal), "\u0000",
        })
            yield return new("S23", $"entry {(entry.Length > 60 ? entry[..60] : entry)}#{entry.Length}", doors => doors.ApplicationAsync("POST", "/v1/entries", InputDoors.Json(entry.TrimEnd('\n'))), 400, "invalid-entry");
    }

    private static IEnumerable<InputCase> Numbers()
    {
        foreach (var number in new[] { "-1", "0", "10001", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e3", "1.0", "0x10", "", "%2b1", "١", "1&limit=2", "NaN" })
        {
            yield return new("S24", $"segments limit={number}", doors => doors.PeerAsync("GET", $"{SyncRoutes.Segments}?limit={number}"), 400, "field-out-of-range");
            yield return new("S24", $"entries limit={number}", doors => doors.ApplicationAsync("GET", $"/v1/entries?limit={number}"), 400, "field-out-of-range");
        }

        foreach (var query in new[] { "from=-1", "to=253402300800000", "from=9223372036854775808", "after=x", "after=1.2", "after=9223372036854775808." + new string('0', 64), "all_versions=1", "all_versions=yes" })
            yield return new("S24", $"entries {query}", doors => doors.ApplicationAsync("GET", $"/v1/entries?{query}"), 400, "field-out-of-range");
        foreach (var time in new[] { "-1", "253402300800000", "9223372036854775808", "18446744073709551616", "1e400", "1.5", "\"0000-01-01T00:00:00Z\"", "\"10000-01-01T00:00:00Z\"", "\"yesterday\"", "null", "true" })
        {
            yield return new("S24", $"entry at {time}", doors => doors.ApplicationAsync("POST", "/v1/entries", InputDoors.Json($"{{\"id\":\"x\",\"timestamp\":{time},\"entry_type\":\"fact\",\"data\":1}}")), 400, "invalid-entry");
            yield return new("S24", $"line at {time}", doors => doors.PushAsync("bad", Encoding.UTF8.GetBytes(Line.Replace("\"timestamp\":1", $"\"timestamp\":{time}", StringComparison.Ordinal))), 422, "segment-invalid");
        }
    }

    private static IEnumerable<InputCase> Segments()
    {
        var content = InputDoors.Segment("bad", 1, 2).Content.ToArray();
        foreach (var hash in new[] { new string('0', 64), new string('f', 64), ContentHash.Of("x"u8).ToString() })
            yield return new("S25", $"hash {hash[..8]}", doors => doors.PushAsync("bad", content, hash), 422, "content-hash-mismatch");
        yield return new("S25", "a byte that was altered on the way", doors => doors.PushAsync("bad", [.. content[..40], (byte)(content[40] ^ 1), .. content[41..]], ContentHash.Of(content).ToString()), 422, "content-hash-mismatch");
        foreach (var hash in new[] { "", "0", new string('g', 64), new string('0', 65), "sha256:" + new string('0', 64) })
            yield return new("S25", $"no hash: '{(hash.Length > 12 ? hash[..12] : hash)}'", doors => doors.PushAsync("bad", content, hash), 400, "invalid-hash");
        foreach (var origin in new[] { "", "Not An Operator", "../x", "a'; drop table x", new string('a', 64), "-a" })
            yield return new("S25", $"origin '{(origin.Length > 20 ? "64 characters" : origin)}'", doors => doors.PushAsync("bad", content, origin: origin), 400, "field-out-of-range");
        yield return new("S25", "nothing at all", doors => doors.PushAsync("bad", []), 400, "bad-request");

        var lines = Encoding.UTF8.GetString(content).TrimEnd('\n').Split('\n');
        foreach (var (name, text) in new[]
        {
            ("out of order", $"{lines[1]}\n{lines[0]}\n"), ("an entry twice", $"{lines[0]}\n{lines[0]}\n"), ("a line that is no entry", $"{lines[0]}\n{{}}\n"), ("a line without its end", $"{lines[0]}\n{lines[1]}"), ("an empty line", $"{lines[0]}\n\n{lines[1]}\n"),
            ("a carriage return", $"{lines[0]}\r\n"), ("a member twice", Line.Replace("\"data\":{}", "\"data\":{},\"data\":{}", StringComparison.Ordinal)),
            ("an unknown member", Line.Replace("\"data\":{}", "\"data\":{},\"more\":1", StringComparison.Ordinal)), ("a lone surrogate", Line.Replace("\"x\"", "\"\\ud800\"", StringComparison.Ordinal)),
            ("a name of a type", Line.Replace("{}", "{}", StringComparison.Ordinal).Replace("\"id\"", "\"$type\":\"System.Object\",\"id\"", StringComparison.Ordinal)), ("depth", Line.Replace("{}", new string('[', 40) + new string(']', 40), StringComparison.Ordinal)),
            ("an entry over the limit", Line.Replace("{}", $"\"{new string('a', EntryLimits.MaxEntryBytes)}\"", StringComparison.Ordinal)), ("no text", "\u0000\u0001\n"),
        })
            yield return new("S27", name, doors => doors.PushAsync("bad", Encoding.UTF8.GetBytes(text)), 422, "segment-invalid");

        foreach (var (name, text) in new[]
        {
            ("white space", "{\"id\": \"loose\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":{}}\n"), ("members in another order", "{\"timestamp\":1,\"id\":\"loose\",\"entry_type\":\"fact\",\"data\":{}}\n"),
            ("an escape too many", "{\"id\":\"l\\u006fose\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":{}}\n"),
        })
            yield return new("S28", $"a valid entry that is not canonical is kept as it is: {name}", async doors =>
            {
                var pushed = await doors.PushAsync("loose", Encoding.UTF8.GetBytes(text));
                var hash = ContentHash.Of(Encoding.UTF8.GetBytes(text.TrimEnd('\n'))).ToString();
                (await doors.PeerAsync("POST", SyncRoutes.EntriesOf("loose"), InputDoors.Json($"{{\"entry_hashes\":[\"{hash}\"]}}"))).Body.ShouldBe(text);
                return pushed;
            }, 200, null, Changes: true);
        yield return new("S28", "a known id with other bytes", doors => doors.PushAsync("known", InputDoors.Segment("known", 3, 4).Content.ToArray()), 200, null, Changes: true);
        yield return new("S28", "a known entry id with another content", doors => doors.PushAsync("other", Encoding.UTF8.GetBytes("{\"id\":\"known-001\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":{\"n\":2}}\n")), 200, null, Changes: true);
        yield return new("S29", "the same again", async doors =>
        {
            var first = await doors.PushAsync("again", InputDoors.Segment("again", 1).Content.ToArray());
            var second = await doors.PushAsync("again", InputDoors.Segment("again", 1).Content.ToArray());
            first.Body.ShouldContain("\"entries_added\":1");
            second.Body.ShouldContain("\"entries_added\":0");
            return second;
        }, 200, null, Changes: true);
    }

    private static IEnumerable<InputCase> Bounds()
    {
        var zero = new string('0', 64);
        string Many(int count, string item) => string.Join(',', Enumerable.Repeat(item, count));
        yield return new("S31", "10,001 ids", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json($"{{\"ids\":[{Many(10_001, "\"a\"")}]}}")), 400, "too-many-items");
        yield return new("S31", "1,001 segments", doors => doors.PeerAsync("POST", SyncRoutes.FetchSegments, InputDoors.Json($"{{\"segments\":[{Many(1_001, $"{{\"id\":\"a\",\"content_hash\":\"{zero}\"}}")}]}}")), 400, "too-many-items");
        yield return new("S31", "10,001 hashes", doors => doors.PeerAsync("POST", SyncRoutes.EntriesOf("known"), InputDoors.Json($"{{\"entry_hashes\":[{Many(10_001, $"\"{zero}\"")}]}}")), 400, "too-many-items");
        yield return new("S31", "1,001 entry ids", doors => doors.PeerAsync("POST", SyncRoutes.ResolveConflicts, InputDoors.Json($"{{\"entry_ids\":[{Many(1_001, "\"a\"")}]}}")), 400, "too-many-items");
        yield return new("S31", "10,001 segments to compare", doors => doors.PeerAsync("POST", SyncRoutes.Diff, InputDoors.Json($"{{\"segments\":[{Many(10_001, $"{{\"id\":\"a\",\"content_hash\":\"{zero}\"}}")}]}}")), 400, "too-many-items");
        yield return new("S31", "segments that do not ascend", doors => doors.PeerAsync("POST", SyncRoutes.Diff, InputDoors.Json($"{{\"segments\":[{{\"id\":\"b\",\"content_hash\":\"{zero}\"}},{{\"id\":\"a\",\"content_hash\":\"{zero}\"}}]}}")), 400, "field-out-of-range");
        foreach (var (route, type, bodies) in new[]
        {
            (SyncRoutes.Reconcile, SyncMediaTypes.Negentropy, new[] { "", "61ff", "6100000300", "6100000002ffffffffffffffff7f", "61058080808080808080808001" }),
            (SyncRoutes.ReconcileSymbols, SyncMediaTypes.Reconciliation, ["", "00", new string('0', 32), new string('0', 32) + "00ffffffff7f01", new string('0', 32) + "00" + "8180808080808080808001" + "00", new string('0', 32) + "000101ffffffffffffffff7f"]),
            (SyncRoutes.ReconcileSegments, SyncMediaTypes.Reconciliation, ["", "07", "00", "00ffffffff7f", "0001010000000" + "1"]),
            (SyncRoutes.ReconcileEntrySymbols, SyncMediaTypes.Reconciliation, ["", "00", new string('0', 32) + "0001" + "ffffff7f", new string('0', 32) + "000101000161" + "00"]),
            (SyncRoutes.ReconcileEntries, SyncMediaTypes.Reconciliation, ["", "00", new string('0', 32) + "ffffff7f"]),
        })
        {
            foreach (var body in bodies)
                yield return new("S31", $"{route} {(body.Length > 40 ? body[^24..] : body)}#{body.Length}", doors => doors.PeerAsync("POST", route, InputDoors.Body(Convert.FromHexString(body), type)), 400, "malformed-message");
        }
    }

    private static IEnumerable<InputCase> Sql()
    {
        foreach (var evil in new[] { "'; DROP TABLE log_segments; --", "\" OR \"1\"=\"1", "%' OR 1=1 --", "$1", "{0}", "\\", "x\u202ey" })
        {
            var json = System.Text.Json.JsonSerializer.Serialize(evil);
            yield return new("S50", $"an entry's id: {evil}", async doors =>
            {
                (await doors.ApplicationAsync("POST", "/v1/entries", InputDoors.Json($"{{\"id\":{json},\"timestamp\":5,\"entry_type\":\"fact\",\"data\":{json},\"trace_id\":{json}}}"))).Status.ShouldBe(200);
                (await doors.ApplicationAsync("POST", "/v1/log/publish")).Status.ShouldBe(200); // Else it becomes visible in the middle of the next case.
                var read = await doors.ApplicationAsync("GET", $"/v1/entries/{Uri.EscapeDataString(evil)}");
                System.Text.Json.JsonDocument.Parse(read.Body).RootElement.GetProperty("id").GetString().ShouldBe(evil);
                return read;
            }, 200, null, Changes: true);
            yield return new("S50", $"an id that is not there: {evil}", doors => doors.ApplicationAsync("GET", $"/v1/entries/absent{Uri.EscapeDataString(evil)}"), 404, "entry-not-found");
            yield return new("S50", $"a winner's id: {evil}", doors => doors.PeerAsync("POST", SyncRoutes.ResolveConflicts, InputDoors.Json($"{{\"entry_ids\":[{json}]}}")), 200, null);
            yield return new("S50", $"a cursor: {evil}", doors => doors.ApplicationAsync("GET", $"/v1/entries?after={Uri.EscapeDataString(evil)}"), 400, "field-out-of-range");
            yield return new("S50", $"a segment's id: {evil}", doors => doors.PeerAsync("POST", SyncRoutes.SegmentMetadata, InputDoors.Json($"{{\"ids\":[{json}]}}")), 400, "invalid-segment-id");
        }
    }
}

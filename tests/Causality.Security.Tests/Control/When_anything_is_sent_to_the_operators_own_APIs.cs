using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Causality.Contracts.Http;
using Causality.Protocol.Server.Listeners;
using Causality.Security.Tests.Hosting;
using Causality.TestKit.Operators;
using Causality.TestKit.Processes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Security.Tests.Control;

/// <summary>Every route of the control and application API and of the dashboard, with everything that people and broken programs send. Whatever it is, it is no fault of the operator's.</summary>
public sealed partial class When_anything_is_sent_to_the_operators_own_APIs
{
    private static readonly string[] Texts =
    [
        "%00", "a%00b", "..", "%2e%2e%2f", "%252e", "'; DROP TABLE log.segments; --", "%27%20OR%201=1", "$1", "{0}", "%ff", "%c0%af", "%ED%A0%80", "%F0%9F%92%A5", "%E2%80%AE", "%0d%0aX-Y:%20z", "%5c", "-1", "0",
        "9223372036854775808", "1e400", "NaN", "null", "true", "00000000-0000-0000-0000-000000000000", "<script>alert(1)</script>",
    ];

    private static readonly string[] Names =
    [
        "limit", "after", "from", "to", "wait_ms", "peer", "state", "kind", "strategy", "trace_id", "entry_type", "id", "entry_id", "timestamp", "all_versions", "dry_run", "newest_first", "return", "window", "subject", "hash", "format",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "1", "\"x\"", "{}", "{\"a\":1}", "{\"id\":null}", "{\"name\":[]}", "{\"token\":{}}", "{\"peer_id\":\"\\u0000\"}", "{\"peer_id\":\"a'b\"}", "{\"sync_id\":\"x\"}", "{\"overrides\":{\"batch_size\":-1}}",
        "{\"overrides\":{\"max_import_bytes\":1e400}}", "{\"entry_ids\":[\"\\u0000\"],\"entry_hash\":\"\\u0000\",\"kind\":\"id\"}", "{\"entry_ids\":[null]}", "{\"decisions\":[{\"entry_id\":\"\\u0000\",\"winner\":\"\\u0000\"}],\"reason\":\"\\u0000\"}",
        "{\"decisions\":[{\"id\":\"\\u0000\",\"entry_hash\":\"0000000000000000000000000000000000000000000000000000000000000000\"}],\"by\":\"\\u0000\",\"reason\":\"\\u0000\"}",
        "{\"name\":\"\\u0000\",\"roles\":[\"\\u0000\"]}", "{\"id\":\"\\u0000\",\"address\":\"\\u0000\",\"pins\":[\"\\u0000\"]}", "{\"id\":\"x\",\"address\":\"https://\\u0000.example\",\"pins\":[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]}",
        "{\"requested_by\":\"\\u0000\\u2028\"}", "{\"id\":\"\\u0000\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":\"\\u0000\",\"trace_id\":\"\\u0000\"}", "{\"id\":\"nul-in-data\",\"timestamp\":1,\"entry_type\":\"fact\",\"data\":\"\\u0000\"}",
        "{\"subjects\":[\"\\u0000\"],\"by\":\"x\",\"strategy\":\"latest-wins\"}", "{\"subjects\":[\"x\"],\"by\":\"\\u0000\",\"strategy\":\"latest-wins\"}", "{\"subjects\":[\"x\"],\"by\":\"x\",\"reason\":\"\\u0000\"}",
        "{\"subjects\":[\"\\u0000\"],\"by\":\"x\"}", "{\"subjects\":[\"x\"],\"by\":\"x\",\"winner_hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"expected_versions\":[-1]}",
        "\uFEFF{}", "{\"a\":1,\"a\":2}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    ];

    private static readonly string[] Forms = ["", "a=%00&id=%00&subject=%00&winner=%00&hash=%00&reason=%00&address=%00&pins=%00&token=%00&return=%00&kind=%00", "id=&address=&pins=", "peer=%27&limit=-1&chosen=%00&chosen=%ff&strategy=%00&after=%00", "%"];

    private static readonly string[] Types = ["application/json", "text/plain", "application/json; charset=utf-16", "application/xml", "multipart/form-data; boundary=x"];

    private static readonly string Page = File.ReadAllText(Path.Combine(BuiltPrograms.RepositoryRoot, "contracts", "sync-protocol-v1.md"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_be_refused_or_done_and_never_be_a_fault_of_the_operator(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var store = await OperatorStore.CreateAsync(backend);
        await using var guarded = await Guarded.StartAsync(new Dictionary<string, string?>(store.Settings) { ["Storage:DataFolder"] = null }.Where(setting => setting.Value is not null).ToDictionary());
        var root = await guarded.CreateTokenAsync("root", ["operate", "append"]);

        var (faults, count) = (new List<string>(), 0);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = guarded.Address };
        foreach (var (method, target, content) in Routes(guarded).SelectMany(route => Variants(route.Method, route.Pattern)))
        {
            count++;
            using var request = new HttpRequestMessage(new HttpMethod(method), target) { Content = content };
            request.Headers.Authorization = new("Bearer", root);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
            if (await FaultOfAsync(answer) is { } fault)
                faults.Add($"{method} {target} {(content is null ? "" : await content.ReadAsStringAsync(Cancelled))}: {fault}");
        }

        faults.ShouldBeEmpty();
        count.ShouldBeGreaterThan(2_000);
        guarded.Journal.Lines.Where(line => line.StartsWith("Error ", StringComparison.Ordinal) || line.StartsWith("Critical ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Where the bare request would end everything, last for ever, or was tried elsewhere with more care.</summary>
    private static bool IsLeftOut(string pattern) => pattern is "/v1/events" or "/metrics" || pattern.StartsWith("/health", StringComparison.Ordinal);

    private static IEnumerable<(string Method, string Pattern)> Routes(Guarded guarded) =>
        from endpoint in guarded.Operator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind != ListenerKind.Peer && !IsLeftOut(endpoint.RoutePattern.RawText!)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, endpoint.RoutePattern.RawText!);

    private static IEnumerable<(string Method, string Target, HttpContent? Content)> Variants(string method, string pattern)
    {
        var plain = Parameter().Replace(pattern, match => match.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "x");
        if (pattern.Contains('{', StringComparison.Ordinal))
        {
            foreach (var text in Texts)
                yield return (method, Parameter().Replace(pattern, text), null);
            yield return (method, Parameter().Replace(pattern, new string('a', 3_000)), null);
        }

        if (method is "GET" or "HEAD")
        {
            foreach (var text in Texts)
                yield return (method, $"{plain}?{string.Join('&', Names.Select(name => $"{name}={Uri.EscapeDataString(Uri.UnescapeDataString(text))}"))}", null);
            foreach (var name in Names)
            {
                foreach (var text in new[] { "%00", "%ff", "", "-1", "x&" + name + "=y" })
                    yield return (method, $"{plain}?{name}={text}", null);
            }

            yield break;
        }

        foreach (var body in Bodies)
            yield return (method, plain, new StringContent(body, Encoding.UTF8, "application/json"));
        foreach (var type in Types)
        {
            var content = new ByteArrayContent([0, 1, 2, 0xFF]);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            yield return (method, plain, content);
        }

        foreach (var form in Forms)
            yield return (method, plain, new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));
    }

    private static async Task<string?> FaultOfAsync(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status < 400)
            return null;
        var body = await answer.Content.ReadAsStringAsync(Cancelled);
        if (status >= 500)
            return $"{status} {body}";
        if (Leak().IsMatch(body))
            return $"{status} tells how we are made: {body}";
        if (answer.Content.Headers.ContentType?.MediaType == "text/html" || (status is 400 or 404 or 414 && body.Length == 0))
            return null; // A page of the dashboard; or refused below HTTP.
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"{status} is no problem but {answer.Content.Headers.ContentType}: {body}";
        var type = JsonDocument.Parse(body).RootElement.GetProperty("type").GetString()!;
        return Page.Contains($"`{type.Replace(ProblemTypes.Prefix, "", StringComparison.Ordinal)}`", StringComparison.Ordinal) ? null : $"{status} has the type {type}, which the protocol page does not tell";
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("""Exception|   at |\.cs\b|System\.|Microsoft|Npgsql|Sqlite|SELECT |/tmp/|Kestrel""")]
    private static partial Regex Leak();
}

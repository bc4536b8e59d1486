using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Causality.Contracts.Http.Control;
using Causality.EndToEnd.Tests.Brokers;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;
using Causality.TestKit.Secrets;

namespace Causality.EndToEnd.Tests.Secrets;

/// <summary>
/// Two operators whose every secret is a canary, and that log as much as they can. They live through a good sync, failed ones, a dead letter and bad requests; then everything that they have left
/// is kept. <see cref="Planted"/> is the name of a peer and no secret: whatever place the search reads should hold it.
/// </summary>
public sealed class CanaryOperators : TwoOperators
{
    private const string Errors = "sync-requested_error";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _roots = new() { ["operator-a"] = Secret("root-a"), ["operator-b"] = Secret("root-b") };
    private readonly (string Collector, string Wrong, string Elsewhere) _given = (Secret("collector"), Secret("wrong"), Secret("elsewhere"));
    private Collector? _collector;

    /// <summary>A peer that is nowhere.</summary>
    public string Planted { get; } = "planted-" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Every secret.</summary>
    public List<Canary> Canaries { get; } = [];

    /// <summary>Everything that was left.</summary>
    public List<SearchedPlace> Places { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        _collector = await Collector.StartAsync(Token);
        await base.InitializeAsync();
        try
        {
            await LiveAsync();
        }
        catch
        {
            TestContext.Current.SendDiagnosticMessage($"{A.Tails()}\n\n{B.Tails()}");
            await DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_collector is not null)
            await _collector.DisposeAsync();
    }

    protected override void Started()
    {
        A.ActBy(_roots[A.Id]);
        B.ActBy(_roots[B.Id]);
    }

    protected override IReadOnlyDictionary<string, string> SettingsOf(string id)
    {
        var file = Path.Combine(Folder, $"{id}.token");
        File.WriteAllText(file, _roots[id] + "\n");
        return new Dictionary<string, string>
        {
            ["Control__BootstrapTokenFile"] = file,
            ["Logging__LogLevel__Default"] = "Trace",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{_collector!.Address}/{id}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-api-key={Uri.EscapeDataString(_given.Collector)}",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["AWS_SECRET_ACCESS_KEY"] = _given.Collector,
        };
    }

    private async Task LiveAsync()
    {
        Canaries.AddRange([.. SecretsOf.Operator(A), .. SecretsOf.Operator(B), .. _roots.Select(root => Canary.OfText($"{root.Key}'s first token", root.Value))]);
        Canaries.AddRange([Canary.OfText("the collector's key", _given.Collector), Canary.OfText("a wrong token", _given.Wrong), Canary.OfText("a password in an address", _given.Elsewhere)]);
        await using var tap = await BrokerTap.ConnectAsync(A.Broker, Token);
        await using var tapOfB = await BrokerTap.ConnectAsync(B.Broker, Token);

        await BeginSessionAsync();
        await SyncAsync();
        await DieAsync(tap);
        using (var requests = new BadRequests(A))
            Places.AddRange(await requests.SendAsync(_given.Wrong, _roots[A.Id], _given.Elsewhere, Planted + "-too", Token));
        await CommandAsync();

        Places.AddRange([.. await LookedInto.ServicesAsync(A, Token), .. await LookedInto.ServicesAsync(B, Token)]);
        Places.AddRange([await tap.DeadLettersAsync(Errors, Token), await tap.ConnectionsAsync(A.Id, Token), await tapOfB.ConnectionsAsync(B.Id, Token)]);
        await Task.WhenAll(A.StopAsync(Token), B.StopAsync(Token));
        Places.AddRange([tap.Messages(A.Id), tapOfB.Messages(B.Id)]);
        Places.AddRange(_collector!.Received.Select(export => new SearchedPlace(export.Path.Split('/')[^1] + " exported", export.Path, export.Body)));
        foreach (var one in new[] { A, B })
            Places.AddRange([.. LookedInto.Logs(one), .. LookedInto.Files(one), .. await LookedInto.DatabaseAsync(one, Token)]);
    }

    /// <summary>A browser's session, and a token that is used.</summary>
    private async Task BeginSessionAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = A.UrlOf("scheduler") };
        http.DefaultRequestHeaders.Authorization = new("Bearer", _roots[A.Id]);
        using var made = await http.PostAsJsonAsync(ControlRoutes.Tokens, new { name = "reader", roles = new[] { "read" } }, Token);
        var token = (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("token").GetString()!;
        http.DefaultRequestHeaders.Authorization = null;
        using var begun = await http.PostAsJsonAsync(ControlRoutes.Session, new { token }, Token);
        var cookie = begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Canaries.AddRange([Canary.OfText("a token that was made", token), Canary.OfText("a session's cookie", cookie.Split('=', 2)[1])]);
        foreach (var path in new[] { ControlRoutes.Status, "/dashboard" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", cookie } } };
            using var answer = await http.SendAsync(request, Token);
            Places.Add(new("pages", path, await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Token)));
        }
    }

    /// <summary>A sync that goes well, one with a peer that is nowhere, one with a peer that shows another key.</summary>
    private async Task SyncAsync()
    {
        await B.Log.AppendAsync(Enumerable.Range(0, 50).Select(number => $$"""{"id":"by-b-{{number}}","timestamp":{{1_700_000_000_000 + number}},"entry_type":"fact","data":1}"""), Token);
        await B.Log.PublishAsync(Token);
        await A.Control.AddPeerAsync(Planted, FreePorts.Take(1)[0], new string('0', 64), Token);
        await A.Control.AddPeerAsync("operator-false", B.PeerPort, new string('a', 64), Token);
        await using var program = await PlainAmqpProgram.ConnectAsync(A.Broker.AmqpUri, Token);
        (await program.SyncAsync(B.Id, Token)).Event.ShouldBe("SyncCompleted");
        (await program.SyncAsync(Planted, Token, """{"maxRetries":1}""")).Event.ShouldBe("SyncFailed");
        (await program.SyncAsync("operator-false", Token)).Event.ShouldBe("SyncFailed");
        await using var programOfB = await PlainAmqpProgram.ConnectAsync(B.Broker.AmqpUri, Token);
        (await programOfB.SyncAsync(A.Id, Token)).Event.ShouldBe("SyncSkipped");
    }

    /// <summary>A message that cannot be read.</summary>
    private async Task DieAsync(BrokerTap tap)
    {
        await tap.PublishAsync("SyncRequested", $$"""{"peerId":["{{Planted}}"]}""", Token);
        await Eventually.BecomesAsync(token => tap.CountAsync(Errors, token), count => count == 1, "the dead letter", Patience, Token);
    }

    private async Task CommandAsync()
    {
        var secrets = new Dictionary<string, string> { ["CAUSALITY_TOKEN_FILE"] = Path.Combine(Folder, "operator-a.token"), ["CAUSALITY_AMQP"] = A.Broker.AmqpUri.AbsoluteUri };
        foreach (var arguments in new[]
        {
            "status", "peers list", "tokens list --json", "log", "conflicts list", $"sync {Planted}-too", $"sync {Planted} --plan", "dlq list", $"dlq show {Errors}", "identity show --data data", "tokens revoke nobody",
        })
            Places.Add(await LookedInto.CommandAsync(A, secrets, arguments.Split(' '), Token));

        secrets["CAUSALITY_AMQP"] = $"amqp://causality:{_given.Elsewhere}@127.0.0.1:{A.Broker.AmqpUri.Port}/";
        Places.Add(await LookedInto.CommandAsync(A, secrets, ["dlq", "list"], Token));
        (secrets["CAUSALITY_TOKEN"], secrets["CAUSALITY_TOKEN_FILE"]) = (_given.Wrong, "");
        Places.Add(await LookedInto.CommandAsync(A, secrets, ["status"], Token));
    }

    private static string Secret(string name) => $"canary+{name}/{RandomNumberGenerator.GetHexString(48)}=";
}

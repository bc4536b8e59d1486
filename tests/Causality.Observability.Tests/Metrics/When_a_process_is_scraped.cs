using System.Net.Http.Json;
using Causality.Contracts.Http.Control;
using Causality.Observability.Tests.Tools;
using Causality.TestKit.Operators;

namespace Causality.Observability.Tests.Metrics;

/// <summary>What the libraries measure belongs to the process, so it takes one of its own to see it.</summary>
public sealed class When_a_process_is_scraped
{
    private static readonly string[] Expected =
    [
        "dotnet_gc_collections_total", "dotnet_process_cpu_time_seconds_total", "dotnet_thread_pool_thread_current", "kestrel_active_connections",
        "http_server_request_duration_seconds_count", "messaging_masstransit_receive_total", "messaging_masstransit_consume_total",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_tell_what_the_libraries_measure_in_a_form_that_satisfies_promtool()
    {
        Promtool.Require();
        await using var one = await ServedProcess.StartAsync("one");
        using var http = new HttpClient { BaseAddress = new Uri(one.Url) };
        // A sync with a peer that is not there: messages go round all the same.
        using var added = await http.PostAsJsonAsync(ControlRoutes.Peers, new { id = "away", address = "https://127.0.0.1:1", pins = new[] { new string('0', 64) } }, Token);
        using var asked = await http.PostAsJsonAsync(ControlRoutes.Syncs, new { peer_id = "away" }, Token);
        asked.EnsureSuccessStatusCode();

        var page = await Eventually.BecomesAsync(() => Scraping.ReadAsync($"{one.Url}/metrics"), page => Array.TrueForAll(Expected, name => page.Contains($"\n{name}", StringComparison.Ordinal)),
            string.Join(", ", Expected), Token);

        (await Promtool.RunAsync(page, "check", "metrics")).ShouldBe((0, ""));
    }
}

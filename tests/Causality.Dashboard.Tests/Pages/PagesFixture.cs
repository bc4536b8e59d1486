using Causality.Core;
using Causality.Dashboard.Tests.Hosting;

namespace Causality.Dashboard.Tests.Pages;

/// <summary>A pair with a sync behind it and an entry id that collides.</summary>
public sealed class PagesFixture : OperatorPair
{
    public Guid Sync { get; private set; }

    protected override async Task SeedAsync()
    {
        await AppendAsync(Beta, [.. Enumerable.Range(0, 20).Select(number => LogEntry.Create($"entry-{number}", 1_700_000_000_000 + number, EntryType.Event, "{}"u8))]);
        Sync = (await Alpha.SyncManager.SyncWithPeerAsync("beta", cancellationToken: TestContext.Current.CancellationToken)).SyncId;
        await CollideAsync("order-17");
    }
}

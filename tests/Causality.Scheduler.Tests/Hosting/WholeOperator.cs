using Causality.ConflictResolver.Extensions;
using Causality.Differ.Extensions;
using Causality.Protocol;
using Causality.TestKit.Operators;
using Causality.Transfer.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Scheduler.Tests.Hosting;

/// <summary>A scheduler with the real steps in its process, beside a peer <c>beta</c> that is a fake.</summary>
internal static class WholeOperator
{
    public static async Task<SchedulerHost> StartAsync(OperatorStore store, FakePeer peer, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var scheduler = await SchedulerHost.StartAsync(
            store,
            new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Sync:RetryDelay"] = "00:00:00.001" },
            builder =>
            {
                builder.Services.AddSingleton<ISyncProtocol>(peer);
                builder.Services.AddDiffer();
                builder.Services.AddTransfer();
                builder.Services.AddConflictResolver();
            },
            bus =>
            {
                bus.AddDifferConsumers();
                bus.AddTransferConsumers();
                bus.AddConflictResolverConsumers();
            });
        await scheduler.AddPeerAsync(id: "beta");
        return scheduler;
    }
}

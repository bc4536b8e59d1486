using Causality.Scheduler.Tests.Hosting;
using Causality.TestKit.Operators;
using Microsoft.Extensions.Options;

namespace Causality.Scheduler.Tests;

public sealed class When_the_settings_are_wrong
{
    [Fact]
    public async Task Should_name_each_fault_with_value_and_bounds()
    {
        await using var store = await OperatorStore.CreateAsync(Backend.Embedded);

        var fault = await Should.ThrowAsync<OptionsValidationException>(() => SchedulerHost.StartAsync(store, new Dictionary<string, string?>
        {
            ["Sync:BatchSize"] = "0",
            ["Sync:SyncTimeout"] = "00:00:00.5",
            ["Sync:MaxRetries"] = "101",
        }));

        fault.Failures.Count().ShouldBe(3);
        fault.Message.ShouldContain("Sync:BatchSize is 0; it must be 1 to 1000000.");
        fault.Message.ShouldContain("Sync:SyncTimeout is 00:00:00.5000000; it must be 00:00:01 to 1.00:00:00.");
    }
}

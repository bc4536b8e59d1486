using Causality.EndToEnd.Tests.Logs;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests;

/// <summary>An orchestrator's questions and its request to stop.</summary>
public sealed class When_an_operator_stops(TwoOperators operators) : EndToEndTest(operators)
{
    private static readonly TimeSpan Graceful = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Every_service_ends_with_0_in_time_and_comes_back_with_the_same_log()
    {
        await B.Log.AppendAsync(DealtLog.Make("before-the-stop", 100), Token);
        var before = await B.Log.PublishAsync(Token);
        var began = TimeProvider.System.GetTimestamp();

        var codes = await B.StopAsync(Token);

        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(Graceful);
        codes.ShouldAllBe(code => code.Value == 0, B.Tails());
        foreach (var service in OperatorProcesses.Services)
            (await B.StatusOfAsync(service, "/health/live", Token)).ShouldBe(0);

        foreach (var service in OperatorProcesses.Services)
            B.Start(service);
        await B.AwaitReadyAsync(Token);
        var after = await B.Log.ReadHeadAsync(Token);
        (after.Root, after.Entries).ShouldBe((before.Root, before.Entries));
        await ConvergeAsync();
    }

    [Fact]
    public async Task Every_service_says_that_it_lives_and_is_ready()
    {
        foreach (var service in OperatorProcesses.Services)
        {
            (await A.StatusOfAsync(service, "/health/live", Token)).ShouldBe(200, service);
            (await A.StatusOfAsync(service, "/health/ready", Token)).ShouldBe(200, service);
            (await A.StatusOfAsync(service, "/sync/v1/info", Token)).ShouldBe(404, $"{service} must not answer peers at its own applications' door");
        }
    }
}

using Causality.Contracts;
using Causality.Scheduler.Background;
using Causality.Scheduler.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Scheduler.Tests.Sagas;

public sealed class When_the_broker_has_lost_its_queues(SharedScheduler shared) : IClassFixture<SharedScheduler>
{
    private readonly SchedulerHost _scheduler = shared.Scheduler;

    [Fact]
    public async Task Should_send_the_command_of_a_step_that_has_not_moved_once_more()
    {
        var compare = await _scheduler.BeginAsync();
        await _scheduler.Host.PublishAsync(compare.Compared(segments: 2));
        var first = await _scheduler.TransferAsync(compare.SyncId);

        await RedriveAsync(_scheduler.Clock.NowMs + 1);

        var both = await _scheduler.Bus.WaitAsync<TransferSegments>(command => command.SyncId == compare.SyncId, 2, TestContext.Current.CancellationToken);
        both.ShouldAllBe(command => command.Attempt == first.Attempt && command.Share == first.Share);
    }

    [Fact]
    public async Task Should_leave_alone_what_has_moved_since()
    {
        var compare = await _scheduler.BeginAsync();

        await RedriveAsync(_scheduler.Clock.NowMs);
        await _scheduler.SettleAsync();

        _scheduler.Bus.Of<CompareSegments>(command => command.SyncId == compare.SyncId).Count.ShouldBe(1);
    }

    private Task RedriveAsync(long since) => _scheduler.Host.Services.GetRequiredService<DueWork>().RedriveAsync(since, TestContext.Current.CancellationToken);
}

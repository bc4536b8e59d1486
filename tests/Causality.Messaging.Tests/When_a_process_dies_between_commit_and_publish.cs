using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using Causality.Storage.Database.Records;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Tests;

public sealed class When_a_process_dies_between_commit_and_publish
{
    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task Its_successor_should_send_what_was_committed(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        // Nothing of this one runs: what it commits stays where a crash would leave it.
        await using (var dead = await Service.BuildAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(), ShortGrace))
            await dead.CommitAsync(unit => unit.Publish(new WorkDone("stranded")));

        await using var successor = await Service.StartAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(), ShortGrace);

        await successor.Seen.WaitAsync("done stranded");
        await Eventually.BecomesAsync(() => successor.QueryAsync(database => database.Set<OutboxMessage>().CountAsync()), count => count == 0, "the outbox is empty");
        successor.Seen.Of("done").Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_send_all_the_same_without_the_fast_path_and_in_order(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(one => one.ConcurrentMessageLimit = 1), options =>
        {
            options.Outbox.FastPath = false;
            options.Outbox.BatchSize = 7;
            options.Concurrency = 1;
        });
        var key = NewId.NextGuid();

        for (var i = 0; i < 40; i++)
            await service.CommitAsync(unit => unit.Publish(new WorkDone($"{i:00}")), key);

        (await service.Seen.WaitAsync("done", 40)).ShouldBe(Enumerable.Range(0, 40).Select(i => $"done {i:00}"));
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task The_fast_path_should_keep_the_order_of_a_key_and_empty_the_outbox(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(), options => options.Concurrency = 1);
        var key = NewId.NextGuid();

        for (var i = 0; i < 20; i++)
        {
            await service.CommitAsync(unit =>
            {
                unit.Publish(new WorkDone($"{i:00} a"));
                unit.Publish(new WorkDone($"{i:00} b"));
            }, key);
        }

        (await service.Seen.WaitAsync("done", 40)).ShouldBe(Enumerable.Range(0, 20).SelectMany(i => new[] { $"done {i:00} a", $"done {i:00} b" }));
        await Eventually.BecomesAsync(() => service.QueryAsync(database => database.Set<OutboxMessage>().CountAsync()), count => count == 0, "the outbox is empty");
    }

    private static void ShortGrace(BusOptions options) => (options.Outbox.Grace, options.Outbox.SendTimeout) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300));
}

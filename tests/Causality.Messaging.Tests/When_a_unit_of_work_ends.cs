using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using Causality.Storage.Database.Records;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Tests;

public sealed class When_a_unit_of_work_ends
{
    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task A_commit_should_keep_the_changes_and_send_the_messages(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await StartAsync(backend);

        await service.CommitAsync(unit =>
        {
            unit.Database.Add(new Effect { Text = "kept" });
            unit.Publish(new WorkDone("published"));
            unit.Send(new Uri("queue:work-done"), new WorkDone("sent"));
        });

        (await service.Seen.WaitAsync("done", 2)).ShouldBe(["done published", "done sent"], ignoreOrder: true);
        (await service.EffectsAsync()).ShouldBe(["kept"]);
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task A_rollback_should_keep_and_send_nothing(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await StartAsync(backend);

        await using (var unit = await service.Outbox.BeginAsync(TestContext.Current.CancellationToken))
        {
            unit.Database.Add(new Effect { Text = "lost" });
            unit.Publish(new WorkDone("lost"));
            await unit.Database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await service.CommitAsync(unit => unit.Publish(new WorkDone("next")));
        await service.Seen.WaitAsync("done next");
        service.Seen.Of("done lost").ShouldBeEmpty();
        (await service.EffectsAsync()).ShouldBeEmpty();
        (await service.QueryAsync(database => database.Set<OutboxMessage>().CountAsync(row => row.ScheduleToken != null))).ShouldBe(0);
    }

    [Fact]
    public async Task A_second_commit_should_be_refused()
    {
        await using var backend = await Backend.CreateAsync(Backend.Embedded);
        await using var service = await StartAsync(backend);
        await using var unit = await service.Outbox.BeginAsync(TestContext.Current.CancellationToken);
        await unit.CommitAsync(TestContext.Current.CancellationToken);

        await Should.ThrowAsync<InvalidOperationException>(() => unit.CommitAsync(TestContext.Current.CancellationToken));
    }

    private static Task<Service> StartAsync(Backend backend) => Service.StartAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>());
}

using Causality.Messaging.Tests.Hosting;
using Causality.Storage.Database.Records;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Causality.Messaging.Tests;

public sealed class When_the_inbox_grows_old
{
    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_forget_what_is_past_the_window_and_nothing_else(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        var now = DateTimeOffset.UtcNow;
        await using (var before = await Service.BuildAsync(backend, _ => { }))
            await before.CommitAsync(unit => unit.Database.AddRange(Enumerable.Range(0, 60).Select(day => Row(now.AddDays(-day * 0.5)))));

        await using var service = await Service.StartAsync(backend, _ => { }, options => options.Inbox.PurgeBatchSize = 10);

        var left = await Eventually.BecomesAsync(() => service.QueryAsync(database => database.Set<InboxMessage>().CountAsync()), count => count <= 14, "old rows are gone");
        left.ShouldBe(14);
    }

    private static InboxMessage Row(DateTimeOffset at) => new() { MessageId = NewId.NextGuid(), Consumer = "sample", ReceivedAt = at.ToUnixTimeMilliseconds() };
}

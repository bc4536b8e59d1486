using System.Text;
using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using MassTransit;

namespace Causality.Messaging.Tests.Hygiene;

public sealed class When_a_message_kills_its_consumer
{
    private const int Limit = 3;

    [Theory, InlineData(true), InlineData(false)]
    public async Task Should_be_kept_in_the_error_queue_with_its_story_after_the_delivery_limit(bool bySayingSo)
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using (await Service.StartAsync(backend, bus => bus.AddConsumer<DoWorkConsumer>(), options => options.DeliveryLimit = Limit))
        {
            // Declares its queues and leaves.
        }

        await using var raw = new RawClient(backend);
        var exchange = $"{typeof(DoWork).Namespace}:{nameof(DoWork)}";
        await raw.PublishAsync(exchange, Encoding.UTF8.GetBytes("""{"text":"deadly"}"""), "application/json", "the same");
        var deaths = await FailUntilGoneAsync(raw, bySayingSo);

        var letter = (await Eventually.BecomesAsync(() => raw.TakeAsync("do-work_error"), found => found is not null, "the message is in do-work_error"))!;
        deaths.ShouldBe(Limit + 1);
        letter.Body.ShouldBe("""{"text":"deadly"}""");
        letter.MessageId.ShouldBe("the same");
        letter.Headers["x-first-death-reason"].ShouldBe("delivery_limit");
        letter.Headers["x-first-death-queue"].ShouldBe("do-work");
    }

    [Fact]
    public async Task Looking_at_a_dead_letter_should_never_count_as_killing()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<DoWorkConsumer>(), options => options.DeliveryLimit = Limit);
        await using var raw = new RawClient(backend);
        await raw.PublishAsync("do-work_error", Encoding.UTF8.GetBytes("kept"), "application/json");
        for (var look = 0; look < 5 * Limit; look++)
            await Eventually.BecomesAsync(() => raw.TakeAndFailAsync("do-work_error", true), taken => taken, "the dead letter is there");

        (await Eventually.BecomesAsync(() => raw.TakeAsync("do-work_error"), found => found is not null, "the dead letter is there"))!.Body.ShouldBe("kept");
    }

    private static async Task<int> FailUntilGoneAsync(RawClient raw, bool bySayingSo)
    {
        var deaths = 0;
        await Eventually.BecomesAsync(
            async () =>
            {
                if (await raw.TakeAndFailAsync("do-work", bySayingSo))
                    deaths++;
                var queues = await raw.QueuesAsync();
                return queues["do-work_error"].TryGetProperty("messages", out var count) ? count.GetInt32() : 0;
            },
            dead => dead == 1,
            "the broker has moved the message");
        return deaths;
    }
}

using Causality.Transfer.Pulling;

namespace Causality.Transfer.Tests;

public sealed class RequestSizeTests
{
    [Fact]
    public void Streams_begin_with_one_batch_together() => new RequestSize(1_000, streams: 2).Entries.ShouldBe(500);

    [Fact]
    public void A_batch_of_one_entry_is_asked_for_by_one() => new RequestSize(1, streams: 8).Entries.ShouldBe(1);

    [Fact]
    public void Quick_answers_double_it_up_to_a_bound()
    {
        var size = new RequestSize(1_000, 2);

        for (var answer = 0; answer < 40; answer++)
            size.Note(TimeSpan.FromMilliseconds(20));

        size.Entries.ShouldBe(1_000_000);
    }

    [Fact]
    public void Slow_answers_halve_it_down_to_the_beginning()
    {
        var size = new RequestSize(1_000, 2);
        size.Note(TimeSpan.FromMilliseconds(20));
        size.Note(TimeSpan.FromMilliseconds(200));
        size.Entries.ShouldBe(1_000);

        for (var answer = 0; answer < 5; answer++)
            size.Note(TimeSpan.FromSeconds(2));

        size.Entries.ShouldBe(500);
    }
}

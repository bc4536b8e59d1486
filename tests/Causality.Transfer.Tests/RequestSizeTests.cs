using Causality.Transfer.Pulling;

namespace Causality.Transfer.Tests;

public sealed class RequestSizeTests
{
    [Fact]
    public void Streams_begin_with_half_a_batch_together() => new RequestSize(1_000, streams: 2).Entries.ShouldBe(250);

    [Fact]
    public void A_batch_of_one_entry_is_asked_for_by_one() => new RequestSize(1, streams: 8).Entries.ShouldBe(1);

    [Fact]
    public void Quick_answers_double_it_up_to_a_bound()
    {
        var size = new RequestSize(1_000, 2);

        for (var answer = 0; answer < 40; answer++)
            size.Note(TimeSpan.FromMilliseconds(20), 100_000_000);

        size.Entries.ShouldBe(1_000_000);
    }

    [Fact]
    public void It_stays_a_tenth_of_what_has_been_done_however_quick_the_answers_are()
    {
        // Broke: a few quick answers after a start, and a kill cost many batches.
        var (size, done) = (new RequestSize(1_000, 2), 0L);

        for (var answer = 0; answer < 60; answer++)
        {
            size.Entries.ShouldBeLessThanOrEqualTo(Math.Max(250, done / 10));
            done += size.Entries;
            size.Note(TimeSpan.FromMilliseconds(20), size.Entries);
        }

        size.Entries.ShouldBeGreaterThan(10_000, "it does grow");
    }

    [Fact]
    public void Slow_answers_halve_it_down_to_the_beginning()
    {
        var size = new RequestSize(1_000, 2);
        size.Note(TimeSpan.FromMilliseconds(20), 10_000);
        size.Note(TimeSpan.FromMilliseconds(200), 1_000);
        size.Entries.ShouldBe(500);

        for (var answer = 0; answer < 5; answer++)
            size.Note(TimeSpan.FromSeconds(2), 1_000);

        size.Entries.ShouldBe(250);
    }
}

using Causality.Scheduler.Dashboard.Throughput;
using FsCheck;
using FsCheck.Fluent;

namespace Causality.Dashboard.Tests.Reading;

public sealed class FigureSeriesTests
{
    private static readonly FigureWindow Hour = FigureWindow.All[0];

    [Fact]
    public void What_happened_between_two_marks_is_spread_over_the_time_between_them()
    {
        var parts = FigureSeries.Empty(Hour, 0);

        FigureSeries.Add(parts, Hour.PartMs, 0, [new(30_000, 0, 0), new(150_000, 120, 1_200)]);

        parts.Take(4).Select(part => part.Entries).ShouldBe([30, 60, 30, 0]);
        parts.Take(4).Select(part => part.Bytes).ShouldBe([300, 600, 300, 0]);
    }

    [Fact]
    public void What_lies_before_the_window_is_left_out()
    {
        var parts = FigureSeries.Empty(Hour, 0);

        FigureSeries.Add(parts, Hour.PartMs, 0, [new(-60_000, 0, 0), new(60_000, 100, 0)]);

        parts.Sum(part => part.Entries).ShouldBe(50, 0.001);
        parts[0].Entries.ShouldBe(50, 0.001);
    }

    [Fact]
    public void One_mark_alone_says_nothing()
    {
        var parts = FigureSeries.Empty(Hour, 0);

        FigureSeries.Add(parts, Hour.PartMs, 0, [new(5_000, 1_000, 1_000)]);

        parts.ShouldAllBe(part => part.Entries == 0);
    }

    [Fact]
    public void Nothing_is_lost_and_nothing_invented_within_the_window()
    {
        var steps = Gen.Zip(Gen.Choose(0, 200_000), Gen.Choose(0, 10_000)).ListOf().Resize(15);
        Prop.ForAll(steps.ToArbitrary(), taken =>
        {
            var marks = new List<SyncMark> { new(0, 0, 0) };
            foreach (var (time, entries) in taken)
                marks.Add(new SyncMark(marks[^1].At + time, marks[^1].Entries + entries, 0));
            var parts = FigureSeries.Empty(Hour, 0);
            FigureSeries.Add(parts, Hour.PartMs, 0, marks);
            return Math.Abs(parts.Sum(part => part.Entries) - marks[^1].Entries) < 0.01 && parts.All(part => part.Entries >= 0);
        }).QuickCheckThrowOnFailure();
    }
}

using System.Diagnostics.Metrics;

namespace Causality.Observability.Tests.Metrics;

/// <summary>From instruments to the page that Prometheus reads.</summary>
public sealed class When_something_is_counted : IDisposable
{
    private readonly Counting _counting = new();

    public void Dispose() => _counting.Dispose();

    [Fact]
    public void Counters_add_up_by_tags()
    {
        var counter = _counting.Meter.CreateCounter<long>("test_runs_total");
        counter.Add(1, Tag("peer", "b"), Tag("outcome", "completed"));
        counter.Add(2, Tag("peer", "b"), Tag("outcome", "completed"));
        counter.Add(5, Tag("peer", "c"), Tag("outcome", "failed"));

        _counting.Samples("test_").ShouldBe([("test_runs_total{outcome=\"completed\",peer=\"b\"}", 3), ("test_runs_total{outcome=\"failed\",peer=\"c\"}", 5)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("test_bytes_total", "By", "test_bytes_total")]
    [InlineData("test.requests", "{request}", "test_requests_total")]
    [InlineData("test.sent", "By", "test_sent_bytes_total")]
    [InlineData("test.cpu.time", "s", "test_cpu_time_seconds_total")]
    public void Counters_are_named_as_the_conventions_say(string instrument, string unit, string expected)
    {
        _counting.Meter.CreateCounter<long>(instrument, unit).Add(1);

        _counting.Samples("test").ShouldBe([(expected, 1)]);
    }

    [Theory]
    [InlineData("test.thread.count", "{thread}", "test_thread_current")]
    [InlineData("test_free_bytes", "By", "test_free_bytes")]
    [InlineData("test.age", "s", "test_age_seconds")]
    [InlineData("1test", null, "_1test")]
    public void Gauges_are_named_as_the_conventions_say(string instrument, string? unit, string expected)
    {
        _counting.Meter.CreateObservableGauge(instrument, () => 7, unit);

        _counting.Samples(expected).ShouldBe([(expected, 7)]);
    }

    [Fact]
    public void Histograms_are_cumulative_and_in_base_units()
    {
        var duration = _counting.Meter.CreateHistogram<double>("test.duration", "ms", "d", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [100, 1000] });
        foreach (var milliseconds in (double[])[50, 100, 500, 5000, double.NaN])
            duration.Record(milliseconds);

        _counting.Samples("test").ShouldBe(
        [
            ("test_duration_seconds_bucket{le=\"0.1\"}", 2), ("test_duration_seconds_bucket{le=\"1\"}", 3), ("test_duration_seconds_bucket{le=\"+Inf\"}", 4),
            ("test_duration_seconds_sum", 5.65), ("test_duration_seconds_count", 4),
        ]);
    }

    [Fact]
    public void Up_and_down_counters_add_and_gauges_replace()
    {
        var level = _counting.Meter.CreateUpDownCounter<int>("test_level");
        var value = _counting.Meter.CreateGauge<double>("test_value");
        level.Add(3);
        level.Add(-1);
        value.Record(3);
        value.Record(-1);

        _counting.Samples("test").ShouldBe([("test_level", 2), ("test_value", -1)]);
    }

    // OpenTelemetry's provider would go on telling it, and a peer that was removed would be behind for ever.
    [Fact]
    public void What_is_no_longer_observed_is_no_longer_told()
    {
        List<Measurement<int>> seen = [new(1, Tag("peer", "b")), new(2, Tag("peer", "c"))];
        _counting.Meter.CreateObservableGauge("test_lag", () => seen);
        _counting.Samples("test").Count.ShouldBe(2);

        seen.RemoveAt(0);

        _counting.Samples("test").ShouldBe([("test_lag{peer=\"c\"}", 2)]);
    }

    [Fact]
    public void Series_over_the_bound_are_counted_together()
    {
        using var counting = new Counting(seriesPerInstrument: 10);
        var counter = counting.Meter.CreateCounter<long>("test_total");
        for (var i = 0; i < 50; i++)
            counter.Add(1, Tag("peer", i));

        var samples = counting.Samples("test");

        samples.Count.ShouldBe(11);
        samples.ShouldContain(("test_total{otel_metric_overflow=\"true\"}", 40));
    }

    [Fact]
    public void Labels_are_escaped_and_bounded()
    {
        var counter = _counting.Meter.CreateCounter<long>("test_total");
        counter.Add(1, Tag("a.b", "quote \" back \\ line\nend"), Tag("a_b", "second"), Tag("long", new string('x', 1_000)), Tag("none", null));

        _counting.Samples("test").ShouldBe([($"test_total{{a_b=\"quote \\\" back \\\\ line\\nend\",long=\"{new string('x', 256)}\",none=\"\"}}", 1)]);
    }

    [Fact]
    public void One_failing_observer_does_not_silence_the_others()
    {
        _counting.Meter.CreateObservableGauge("test_a", (Func<int>)(() => throw new InvalidOperationException("broken")));
        _counting.Meter.CreateObservableGauge("test_b", () => 1);

        _counting.Samples("test").ShouldBe([("test_b", 1)]);
    }

    [Fact]
    public void Operators_of_one_process_do_not_count_each_other()
    {
        using var other = new Counting();
        using var shared = new Meter("Causality.Test");
        other.Meter.CreateCounter<long>("test_theirs_total").Add(1);
        using var stranger = new Meter("Somebody");
        stranger.CreateCounter<long>("test_strange_total").Add(1);
        shared.CreateCounter<long>("test_shared_total").Add(1);

        _counting.Samples("test").ShouldBe([("test_shared_total", 1)]);
        other.Samples("test").ShouldBe([("test_shared_total", 1), ("test_theirs_total", 1)]);
    }

    [Fact]
    public void Counting_from_many_threads_loses_nothing()
    {
        var counter = _counting.Meter.CreateCounter<double>("test_total");
        Parallel.For(0, 10_000, number => counter.Add(0.5, Tag("peer", number % 3)));

        _counting.Samples("test").Sum(sample => sample.Value).ShouldBe(5_000);
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}

namespace Causality.Core.Tests.Segments;

public class SegmentRotationTests
{
    [Theory]
    [InlineData(10_000, 1, 0, true)]
    [InlineData(9_999, 1, 0, false)]
    [InlineData(1, 10 * 1024 * 1024, 0, true)]
    [InlineData(1, (10 * 1024 * 1024) - 1, 0, false)]
    [InlineData(1, 1, 24, true)]
    [InlineData(1, 1, 23, false)]
    [InlineData(0, 0, 48, false)]
    public void A_segment_is_closed_at_the_first_bound_it_reaches(int entries, long bytes, int hours, bool isDue) =>
        SegmentRotation.IsDue(entries, bytes, TimeSpan.FromHours(hours)).ShouldBe(isDue);
}

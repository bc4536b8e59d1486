using Causality.Core;
using Causality.Storage.Log.Index;
using Causality.Storage.Tests.Support;

namespace Causality.Storage.Tests.Log;

public sealed class SegmentScanTests
{
    [Fact]
    public void A_scan_finds_what_parsing_finds_whatever_the_lines_look_like()
    {
        string[] lines = ["{\"id\":\"a\",\"timestamp\":5,\"entry_type\":\"fact\",\"data\":1}", "{\"id\":\"q\\\"uote\",\"timestamp\":6,\"entry_type\":\"fact\",\"data\":1}",
            "{ \"timestamp\":7,\"id\":\"spaced\",\"entry_type\":\"fact\",\"data\":1}", "{\"id\":\"größe\",\"timestamp\":1e1,\"entry_type\":\"fact\",\"data\":1}"];
        var entries = lines.Select(line => System.Text.Encoding.UTF8.GetBytes(line)).Where(IsEntry).Select(line => LogEntry.FromLine(line)).ToArray();
        var segment = Entries.Segment("s", entries);

        var scanned = SegmentScan.Read(segment.Content.Span);

        scanned.ShouldBe(new SegmentDigest(segment).Lines);
        scanned.Length.ShouldBeGreaterThanOrEqualTo(3);
    }

    private static bool IsEntry(byte[] line)
    {
        try
        {
            return LogEntry.FromLine(line) is not null;
        }
        catch (InvalidEntryException)
        {
            return false;
        }
    }
}

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>Lines of files to append.</summary>
internal static class Lines
{
    public static string Entry(string id, long timestamp = 1_700_000_000_000, string data = "1") =>
        $$"""{"id":"{{id}}","timestamp":{{timestamp}},"entry_type":"fact","data":{{data}}}""";

    public static string[] Make(string name, int count) => [.. Enumerable.Range(0, count).Select(number => Entry($"{name}-{number}", 1_700_000_000_000 + number))];
}

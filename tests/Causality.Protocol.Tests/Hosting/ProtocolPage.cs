using System.Text;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>The examples of <c>contracts/sync-protocol-v1.md</c>: blocks fenced as <c>segment ID</c> (the log) and <c>example</c> (a request, <c>---</c>, the answer).</summary>
internal static class ProtocolPage
{
    public sealed record Example(string Method, string Target, byte[]? Body, string BodyType, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Answer);

    private const string ContentType = "Content-Type: ";
    private const string Hex = "hex:";

    public static IReadOnlyList<(string Id, byte[] Content)> Segments() =>
        [.. Blocks("segment ").Select(block => (block.Info["segment ".Length..], Encoding.UTF8.GetBytes(string.Concat(block.Lines.Select(line => line + "\n")))))];

    public static IReadOnlyList<Example> Examples() => [.. Blocks("example").Select(block => Parse(block.Lines))];

    private static Example Parse(List<string> lines)
    {
        var divider = lines.IndexOf("---");
        var request = lines[0].Split(' ');
        var type = lines[1].StartsWith(ContentType, StringComparison.Ordinal) ? lines[1][ContentType.Length..] : "application/json";
        var text = string.Join('\n', lines[(lines[1].StartsWith(ContentType, StringComparison.Ordinal) ? 2 : 1)..divider]);
        var body = text.StartsWith(Hex, StringComparison.Ordinal) ? Convert.FromHexString(text[Hex.Length..]) : text.Length > 0 ? Encoding.UTF8.GetBytes(text) : null;
        var blank = lines.IndexOf("", divider);
        var headers = lines[(divider + 2)..blank].Select(line => KeyValuePair.Create(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 2)..])).ToList();
        return new Example(request[0], request[1], body, type, int.Parse(lines[divider + 1].Split(' ')[0]), headers, Bytes(lines[(blank + 1)..]));
    }

    /// <summary>Lines end in a line feed, but for JSON (one line, no end); <c>hex:</c> before all bytes in hex; <c>[0000008f]</c> at the beginning of a line stands for those four bytes, and that line has no end.</summary>
    private static byte[] Bytes(List<string> lines)
    {
        if (lines is [var only] && only.StartsWith(Hex, StringComparison.Ordinal))
            return Convert.FromHexString(only[Hex.Length..]);
        using var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            var isFrame = line.Length > 10 && line[0] == '[' && line[9] == ']';
            if (isFrame)
                bytes.Write(Convert.FromHexString(line[1..9]));

            bytes.Write(Encoding.UTF8.GetBytes(isFrame ? line[10..] : line));
            if (!isFrame && (lines.Count > 1 || line.StartsWith("{\"id\"", StringComparison.Ordinal)))
                bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }

    private static IEnumerable<(string Info, List<string> Lines)> Blocks(string kind)
    {
        using var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "sync-protocol-v1.md")).GetEnumerator();
        while (lines.MoveNext())
        {
            if (!lines.Current.StartsWith("```" + kind, StringComparison.Ordinal))
                continue;

            var (info, content) = (lines.Current[3..], new List<string>());
            while (lines.MoveNext() && lines.Current != "```")
                content.Add(lines.Current);
            yield return (info, content);
        }
    }
}

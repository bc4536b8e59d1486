using System.Text;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>The examples of <c>contracts/sync-protocol-v1.md</c>: blocks fenced as <c>segment ID</c> (the log) and <c>example</c> (a request, <c>---</c>, the answer).</summary>
internal static class ProtocolPage
{
    public sealed record Example(string Method, string Target, byte[]? Body, string BodyType, IReadOnlyList<KeyValuePair<string, string>> RequestHeaders, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Answer);

    private const string ContentType = "Content-Type";
    private const string Hex = "hex:";

    public static IReadOnlyList<(string Id, byte[] Content)> Segments() =>
        [.. Blocks("segment ").Select(block => (block.Info["segment ".Length..], Encoding.UTF8.GetBytes(string.Concat(block.Lines.Select(line => line + "\n")))))];

    public static IReadOnlyList<Example> Examples() => [.. Blocks("example").Select(block => Parse(block.Lines))];

    private static Example Parse(List<string> lines)
    {
        var divider = lines.IndexOf("---");
        var request = lines[0].Split(' ');
        var sent = lines[1..divider].TakeWhile(line => line.Length > 0 && char.IsAsciiLetterUpper(line[0])).Select(Header).ToList();
        var type = sent.Find(header => header.Key == ContentType).Value ?? "application/json";
        var text = string.Concat(lines[(1 + sent.Count)..divider].Select(line => line + "\n"));
        if (type != Contracts.Http.SyncMediaTypes.Segment)
            text = text.TrimEnd('\n');
        var body = text.StartsWith(Hex, StringComparison.Ordinal) ? Convert.FromHexString(text[Hex.Length..]) : text.Length > 0 ? Encoding.UTF8.GetBytes(text) : null;
        var blank = lines.IndexOf("", divider);
        var headers = lines[(divider + 2)..blank].Select(Header).ToList();
        return new Example(request[0], request[1], body, type, sent.FindAll(header => header.Key != ContentType), int.Parse(lines[divider + 1].Split(' ')[0]), headers, Bytes(lines[(blank + 1)..]));
    }

    private static KeyValuePair<string, string> Header(string line) => KeyValuePair.Create(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 2)..]);

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

using System.Globalization;
using System.Text;

namespace Causality.Core.Tests.Support;

/// <summary>Renders one JSON value in a spelling drawn at random: order of members, white space and escapes differ, the meaning does not.</summary>
internal sealed class JsonSpelling(Random random)
{
    private readonly StringBuilder _text = new();

    public static byte[] Render(Json value, int seed)
    {
        var spelling = new JsonSpelling(new Random(seed));
        spelling.Space();
        spelling.Write(value);
        spelling.Space();
        return Encoding.UTF8.GetBytes(spelling._text.ToString());
    }

    private void Write(Json value)
    {
        switch (value)
        {
            case Json.Literal literal:
                _text.Append(literal.Spelling);
                break;
            case Json.Text text:
                Quote(text.Value);
                break;
            case Json.List list:
                WriteAll('[', list.Items, Write, ']');
                break;
            case Json.Map map:
                var members = map.Members.ToArray();
                random.Shuffle(members);
                WriteAll('{', members, WriteMember, '}');
                break;
        }
    }

    private void WriteMember(KeyValuePair<string, Json> member)
    {
        Quote(member.Key);
        Space();
        _text.Append(':');
        Space();
        Write(member.Value);
    }

    private void WriteAll<T>(char open, IReadOnlyList<T> items, Action<T> write, char close)
    {
        _text.Append(open);
        Space();
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
                _text.Append(',');
            Space();
            write(items[index]);
            Space();
        }

        _text.Append(close);
    }

    private void Space() => _text.Append(random.Next(8) switch { 0 => " ", 1 => "\t", 2 => "\n", 3 => " \r\n", _ => "" });

    private void Quote(string text)
    {
        _text.Append('"');
        for (var index = 0; index < text.Length; index++)
        {
            // Both halves of a pair are spelled the same way: half an escape is no JSON text.
            var length = char.IsHighSurrogate(text[index]) ? 2 : 1;
            var mustEscape = text[index] < ' ' || text[index] is '"' or '\\';
            if (mustEscape || random.Next(6) == 0)
                Escape(text.AsSpan(index, length));
            else
                _text.Append(text, index, length);
            index += length - 1;
        }

        _text.Append('"');
    }

    private void Escape(ReadOnlySpan<char> units)
    {
        var shortForm = units[0] switch { '"' => "\\\"", '\\' => "\\\\", '/' => "\\/", '\b' => "\\b", '\t' => "\\t", '\n' => "\\n", '\f' => "\\f", '\r' => "\\r", _ => null };
        if (shortForm is not null && random.Next(2) == 0)
        {
            _text.Append(shortForm);
            return;
        }

        foreach (var unit in units)
            _text.Append("\\u").Append(((int)unit).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture));
    }
}

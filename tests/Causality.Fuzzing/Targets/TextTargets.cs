using System.Text;
using Causality.Core;
using Causality.Gateway.Api;
using Causality.Protocol.Client;
using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Causality.Fuzzing.Targets;

/// <summary>Short texts: addresses, ids, cursors.</summary>
internal static class TextTargets
{
    private static readonly byte[][] Words = Samples.Bytes(
        "https://", "http://", "file:", "gopher:", "//", "..", "%2f", "%00", "@", ":", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "127.0.0.1", "localhost", "?", "#", "/", "\\", " ", "\0", "é", "\u200b", ":99999", ":-1", ".", "9223372036854775808", "aa");

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("peer-address", Samples.Bytes("https://peer.example:7443", "https://[2001:db8::1]:443/", "https://10.0.0.1"), Words, Address),
        new("listen-address", Samples.Bytes("http://127.0.0.1:7070", "http://*:0", "http://[::]:80", "http://localhost:1"), Words, input => ListenAddress.TryParse(Text(input), "http", out var address) && (address!.Port is >= 0 and <= 65535 ? true : throw new FuzzFaultException("A port passed that is none."))),
        new("ids", Samples.Bytes("segment-1", "A.b_c-9", "operator-a", new string('a', 64)), Words, Ids),
        new("cursor", Samples.Bytes($"1700000000000.{new string('a', 64)}", $"0.{new string('0', 64)}"), Words, Cursor),
    ];

    private static bool Address(byte[] input)
    {
        if (!PeerAddress.TryParse(Text(input), out var address))
            return false;
        if (address is not { Scheme: "https", UserInfo: "", Query: "", Fragment: "" } || address.Host.Length == 0)
            throw new FuzzFaultException($"'{address}' passed.");
        return PeerAddress.TryParse(address.AbsoluteUri, out var again) && again == address ? true : throw new FuzzFaultException($"'{address}' does not read as itself.");
    }

    private static bool Ids(byte[] input)
    {
        var text = Text(input);
        var (segment, operatorId, hash) = (SegmentId.TryParse(text, out var id), OperatorId.TryParse(text, out _), ContentHash.TryParse(text, out var content));
        if (segment && (text.Length > SegmentId.MaxLength || text.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_' or '-')) || id.Value != text || Path.GetFileName(text) != text))
            throw new FuzzFaultException($"'{text}' passed as a segment id.");
        if (operatorId && text.Any(character => !char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-'))
            throw new FuzzFaultException($"'{text}' passed as an operator id.");
        if (hash && !string.Equals(content.ToString(), text, StringComparison.OrdinalIgnoreCase))
            throw new FuzzFaultException($"'{text}' passed as a hash.");
        return segment || operatorId || hash;
    }

    private static bool Cursor(byte[] input)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = QueryString.Create("after", Text(input));
        try
        {
            return EntryCursor.Read(request) is not null;
        }
        catch (RequestProblemException problem)
        {
            return problem.Status == StatusCodes.Status400BadRequest ? false : throw new FuzzFaultException($"It answers {problem.Status}.", problem);
        }
    }

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);
}

using System.Text;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Gateway.Api;
using Causality.Protocol.Client;
using Causality.Protocol.Server.Listeners;
using Causality.Protocol.Server;
using Causality.Protocol.Server.Forwarding;
using Causality.Protocol.Server.Problems;
using Causality.ServiceDefaults.Control.Tokens;
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
        new("tokens", Samples.Bytes("causality_" + new string('a', 43), new string('x', 32), Convert.ToBase64String(new byte[48])), [.. Words, .. Samples.Bytes("Bearer ", "causality_", "\r\n", "\u007f", new string('A', 300))], Token),
        new("forwarded-certificate", Certificates(), [.. Words, .. Samples.Bytes("-----BEGIN CERTIFICATE-----", "%0A", "Cert=\"", "\";", "By=x;Hash=y;", ",", ";")], Certificate),
        new("query-numbers", Samples.Bytes("0", "100", "9223372036854775807", "-1"), [.. Words, .. Samples.Bytes("1e3", "+1", "0x1", "\u0661", " 1", "1 ", "00")], Number),
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

    private static bool Token(byte[] input)
    {
        var text = Text(input);
        if (!TokenText.IsLongEnough(text))
            return false;
        if (text.Length is < 32 or > TokenText.MaxLength || text.Any(character => character is <= ' ' or > '~'))
            throw new FuzzFaultException("A token passed that cannot stand in a header.");
        return TokenText.Hash(text).Length == 32 && TokenText.Hash(text).AsSpan().SequenceEqual(TokenText.Hash(new string(text))) ? true : throw new FuzzFaultException("One token has two hashes.");
    }

    private static bool Certificate(byte[] input)
    {
        using var certificate = ForwardedCertificateText.Parse(Text(input));
        return certificate is not null && (!certificate.HasPrivateKey ? true : throw new FuzzFaultException("A certificate came with a private key."));
    }

    private static bool Number(byte[] input)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = QueryString.Create("limit", Text(input));
        try
        {
            return RequestValues.Number(request, "limit", 1, SyncLimits.MaxPageSize, 10) is >= 1 and <= SyncLimits.MaxPageSize ? true : throw new FuzzFaultException("A number passed that is out of its bounds.");
        }
        catch (RequestProblemException problem)
        {
            return problem.Status == StatusCodes.Status400BadRequest ? false : throw new FuzzFaultException($"It answers {problem.Status}.", problem);
        }
    }

    /// <summary>A certificate of an operator that there is not; written down, so that a case is the same in every run.</summary>
    private const string Written =
        "MIIBgTCCASegAwIBAgIUWSPbcXwH7tAMQPJfwi957NB2OVEwCgYIKoZIzj0EAwIwFTETMBEGA1UEAwwKb3BlcmF0b3ItYjAgFw0yNjExMjYwNTIwMzhaGA8yMTI2MTEwMjA1MjAzOFowFTETMBEGA1"
        + "UEAwwKb3BlcmF0b3ItYjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMB6TLdHIMXRGCaLuxvi5Mfp8J7kd5boQMYc46aELFsW4f1Ss9sOIvdU/9FbTqzpnQuNFpSasa1RJzO38LFLb8qjUzBRMB0G"
        + "A1UdDgQWBBT+TkmFjBU+wkBYVj5fXoX6CrqWtjAfBgNVHSMEGDAWgBT+TkmFjBU+wkBYVj5fXoX6CrqWtjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDYUD/1C6tDD5BF2GPtSs"
        + "/pg0hQUfe8cDNLkzB2381PKQIgemWifmQ8Ji24KDOvrtYfKe3xPKhkgoZV7VlFcs+Yn7s=";

    private static byte[][] Certificates()
    {
        var pem = Uri.EscapeDataString($"-----BEGIN CERTIFICATE-----\n{Written}\n-----END CERTIFICATE-----\n");
        return Samples.Bytes(pem, Written, $"By=spiffe://x;Hash=00;Cert=\"{pem}\";Subject=\"CN=operator-b\"");
    }

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);
}

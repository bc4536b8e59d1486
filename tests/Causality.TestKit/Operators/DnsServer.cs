using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Causality.TestKit.Operators;

/// <summary>A DNS server of a test's own on a free UDP port of 127.0.0.1: SRV and TXT records, "no such name" for the rest. Source: RFC 1035, RFC 2782.</summary>
public sealed class DnsServer : IAsyncDisposable
{
    private const ushort Txt = 16;
    private const ushort Srv = 33;
    private const int HeaderLength = 12;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<(string Name, ushort Type), List<byte[]>> _records = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <summary>Starts serving.</summary>
    public DnsServer() => _serving = ServeAsync();

    /// <summary>Where it answers, <c>address:port</c>.</summary>
    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>Adds a service record.</summary>
    public void AddService(string name, string target, ushort port)
    {
        var data = new List<byte> { 0, 10, 0, 10, (byte)(port >> 8), (byte)port };
        data.AddRange(Encode(target));
        Add(name, Srv, [.. data]);
    }

    /// <summary>Adds a text record of one string, at most 255 bytes.</summary>
    public void AddText(string name, string text) => Add(name, Txt, [(byte)Encoding.ASCII.GetByteCount(text), .. Encoding.ASCII.GetBytes(text)]);

    /// <summary>Stops serving.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
    }

    private void Add(string name, ushort type, byte[] data) => _records.GetOrAdd((name, type), _ => []).Add(data);

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var query = await _socket.ReceiveAsync(_stop.Token).ConfigureAwait(false);
            await _socket.SendAsync(Answer(query.Buffer), query.RemoteEndPoint, _stop.Token).ConfigureAwait(false);
        }
    }

    private byte[] Answer(byte[] query)
    {
        var labels = new List<string>();
        var position = HeaderLength;
        for (; query[position] != 0; position += query[position] + 1)
            labels.Add(Encoding.ASCII.GetString(query, position + 1, query[position]));
        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(position + 1));
        var end = position + 5;
        var name = string.Join('.', labels);
        var found = _records.GetValueOrDefault((name, type)) ?? [];
        var isKnown = _records.Keys.Any(key => key.Name == name);

        var answer = new List<byte>(query[..end]);
        (answer[2], answer[3]) = (0x84, (byte)(isKnown ? 0x80 : 0x83));
        (answer[6], answer[7]) = (0, (byte)found.Count);
        for (var count = 8; count < HeaderLength; count++)
            answer[count] = 0;
        foreach (var data in found)
        {
            // A pointer to the question's name, the type, class IN, a minute to live, the data.
            answer.AddRange([0xC0, HeaderLength, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length]);
            answer.AddRange(data);
        }

        return [.. answer];
    }

    private static IEnumerable<byte> Encode(string name) =>
        name.TrimEnd('.').Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))).Append((byte)0);
}

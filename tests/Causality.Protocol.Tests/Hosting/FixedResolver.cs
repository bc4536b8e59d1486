using System.Collections;
using System.Net;
using System.Net.Sockets;
using Causality.Protocol.Client.Addresses;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>Answers names with the addresses that a test gives; each further question gets the next ones, when there are any. Other names go to the system when they need no network.</summary>
internal sealed class FixedResolver : IHostResolver, IEnumerable
{
    private readonly Dictionary<string, Queue<string[]>> _answers = [];

    public string[] this[string host]
    {
        set
        {
            _answers.TryAdd(host, new Queue<string[]>());
            _answers[host].Enqueue(value);
        }
    }

    public int Asked { get; private set; }

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Asked++;
        if (_answers.TryGetValue(host, out var answers))
            return Task.FromResult((answers.Count > 1 ? answers.Dequeue() : answers.Peek()).Select(IPAddress.Parse).ToArray());
        return IPAddress.TryParse(host.Trim('[', ']'), out _) || host.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? Dns.GetHostAddressesAsync(host, cancellationToken)
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }

    public IEnumerator GetEnumerator() => _answers.GetEnumerator();
}

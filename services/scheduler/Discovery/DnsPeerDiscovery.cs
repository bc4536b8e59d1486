using Causality.Contracts.Http.Control;
using Causality.Core;
using DnsClient;
using DnsClient.Protocol;

namespace Causality.Scheduler.Discovery;

/// <summary>Peers named by DNS: one SRV record per peer for address and port, and at the SRV record's target a TXT record <c>causality id=… pin=…</c>.</summary>
/// <remarks>
/// A pin read from DNS is as trustworthy as the zone and the way to it: use it where that is yours (a cluster's own DNS, a signed zone behind a
/// validating resolver). Elsewhere configure the pins and let people add peers. Source: RFC 2782, RFC 1464.
/// </remarks>
/// <param name="name">The name that holds the SRV records.</param>
/// <param name="lookup">The resolver.</param>
public sealed class DnsPeerDiscovery(string name, IDnsQuery lookup) : IPeerDiscovery
{
    private const int MaxRecords = 1_000;
    private const string Mark = "causality ";

    /// <inheritdoc/>
    public string Source => $"dns {name}";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PeerRequest>> GetPeersAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var services = (await lookup.QueryAsync(name, QueryType.SRV, cancellationToken: cancellationToken)).Answers.SrvRecords().Take(MaxRecords).ToList();
            var peers = new List<PeerRequest>();
            foreach (var service in services)
            {
                var texts = (await lookup.QueryAsync(service.Target, QueryType.TXT, cancellationToken: cancellationToken)).Answers.TxtRecords();
                peers.AddRange(texts.SelectMany(record => record.Text).Where(text => text.StartsWith(Mark, StringComparison.Ordinal)).Select(text => Read(service, text)));
            }

            return peers;
        }
        catch (DnsResponseException exception)
        {
            throw new PeerDiscoveryException($"DNS name {name}: {exception.DnsError}; check the name, its SRV and TXT records and the DNS server.", exception);
        }
    }

    private static PeerRequest Read(SrvRecord service, string text)
    {
        string? id = null;
        var pins = new List<string>();
        foreach (var part in text[Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = part.Split('=', 2) is [var k, var v] ? (k, v) : (part, "");
            if (key == "id")
                id = value;
            else if (key == "pin")
                pins.Add(value);
            else
                throw new PeerDiscoveryException($"TXT record of {service.Target}: '{Printable.Shorten(part)}' is not expected; write 'causality id=… pin=…'.");
        }

        return new PeerRequest { Id = id, Address = $"https://{service.Target.Value.TrimEnd('.')}:{service.Port}", Pins = pins };
    }
}

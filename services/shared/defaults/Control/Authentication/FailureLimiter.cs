using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control.Authentication;

/// <summary>Counts wrong tokens by address; the network's half of an IPv6 address, since the other half costs nothing to change.</summary>
internal sealed class FailureLimiter(IOptions<ControlOptions> options) : IDisposable
{
    private const int LinesAMinute = 100;

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => Window(options.Value.MaxFailures, options.Value.FailureWindow)));

    private readonly FixedWindowRateLimiter _lines = new(Window(LinesAMinute, TimeSpan.FromMinutes(1)));

    /// <summary>Counts a wrong token.</summary>
    public void Count(HttpContext context) => _limiter.AttemptAcquire(NetworkOf(context)).Dispose();

    /// <summary>True when the address has used up its failures.</summary>
    public bool IsExceeded(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(NetworkOf(context), permitCount: 0);
        return !lease.IsAcquired;
    }

    /// <summary>True while one more line about refusals may be logged: a flood must not fill the disk. They are counted anyway.</summary>
    public bool MayLog()
    {
        using var lease = _lines.AttemptAcquire();
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _limiter.Dispose();
        _lines.Dispose();
    }

    private static FixedWindowRateLimiterOptions Window(int permits, TimeSpan window) => new() { PermitLimit = permits, Window = window, QueueLimit = 0, AutoReplenishment = true };

    private static IPAddress NetworkOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}

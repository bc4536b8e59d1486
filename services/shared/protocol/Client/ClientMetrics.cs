using System.Diagnostics.Metrics;
using Causality.Storage.Observing;

namespace Causality.Protocol.Client;

/// <summary>What the client side sees of peers, for the whole process.</summary>
internal static class ClientMetrics
{
    private static readonly Meter Meter = new("Causality.Protocol.Client");

    private static readonly LabelledCount HashMismatches = new(Meter, "causality_hash_mismatch_total", "{segment}", "Segments whose content was not what its peer had promised, by peer.", "peer");

    private static readonly RecentValues ClockSkew = new(Meter, "causality_peer_clock_skew_seconds", "s", "How far the peer's clock is ahead of ours (behind: negative), by the Date header of its answers; about a second exact.");

    private static readonly RecentValues CertificateExpiry = new(Meter, "causality_peer_certificate_expiry_timestamp_seconds", "s", "When the certificate that the peer shows expires, seconds since the Unix epoch.");

    /// <summary>Counts a content that is not what the peer had promised.</summary>
    public static void HashMismatch(string peer) => HashMismatches.Add(peer, 1);

    /// <summary>A fetch from a peer begins: its counters are told from now on, at zero.</summary>
    public static void Begin(string peer) => HashMismatches.Add(peer, 0);

    /// <summary>Notes what an answer says of the peer's clock.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="date">The answer's date: whole seconds, so half a second is added.</param>
    /// <param name="now">Our time when it came.</param>
    public static void NoteDate(string peer, DateTimeOffset? date, DateTimeOffset now)
    {
        if (date is { } theirs)
            ClockSkew.Note(peer, Math.Round((theirs - now).TotalSeconds + 0.5, 1), now);
    }

    /// <summary>Notes the certificate that a pinned peer has shown.</summary>
    public static void NoteCertificate(string peer, DateTime notAfter) => CertificateExpiry.Note(peer, new DateTimeOffset(notAfter.ToUniversalTime()).ToUnixTimeSeconds(), TimeProvider.System.GetUtcNow());
}

namespace Causality.Protocol.Server.Limits;

/// <summary>How much peers may ask of this operator. Configuration section <c>PeerLimits</c>; what a single request may hold stands in <c>SyncLimits</c>, because both sides know it.</summary>
public sealed class PeerLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "PeerLimits";

    /// <summary>Requests of one peer each second, on average.</summary>
    /// <value>Default 200.</value>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>Requests of one peer that may come at once after a pause.</summary>
    /// <value>Default 2,000.</value>
    public int RequestBurst { get; set; } = 2_000;

    /// <summary>Content bytes to and from one peer each second, on average, before compression.</summary>
    /// <value>Default 256 MiB.</value>
    public long BytesPerSecond { get; set; } = 256L * 1024 * 1024;

    /// <summary>Content bytes to and from one peer that may move at once after a pause.</summary>
    /// <value>Default 2 GiB.</value>
    public long ByteBurst { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Requests of one peer that are worked on at the same time.</summary>
    /// <value>Default 32.</value>
    public int ConcurrentRequests { get; set; } = 32;

    /// <summary>Comparisons (reconciliation and diff) of one peer that are worked on at the same time.</summary>
    /// <value>Default 8.</value>
    public int ConcurrentDiffs { get; set; } = 8;

    /// <summary>Segments that one peer sends at the same time.</summary>
    /// <value>Default 8.</value>
    public int ConcurrentUploads { get; set; } = 8;

    /// <summary>Content bytes that the pushes of one peer may add to the log, over all time. What we fetch from it ourselves does not count; see <c>Sync:MaxImportBytes</c>.</summary>
    /// <value>Default 64 GiB; 0 for no limit.</value>
    public long StorageQuotaBytes { get; set; } = 64L * 1024 * 1024 * 1024;

    /// <summary>Open connections of one peer.</summary>
    /// <value>Default 64.</value>
    public int ConnectionsPerPeer { get; set; } = 64;

    /// <summary>Open connections of the process, over all doors.</summary>
    /// <value>Default 4,000.</value>
    public int Connections { get; set; } = 4_000;

    /// <summary>Open connections of one door that have not yet shown who they are; when there are more, the oldest of them is closed.</summary>
    /// <value>Default 1,000.</value>
    public int UnprovenConnections { get; set; } = 1_000;

    /// <summary>The same from one address.</summary>
    /// <value>Default 250.</value>
    public int UnprovenPerAddress { get; set; } = 250;

    /// <summary>Longest time for a peer's connection to say its first byte, and then for the TLS handshake.</summary>
    /// <value>Default 10 s.</value>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time for the headers of a request.</summary>
    /// <value>Default 15 s.</value>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an idle connection stays open.</summary>
    /// <value>Default 2 min.</value>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest time for a request of a peer that moves no contents.</summary>
    /// <value>Default 1 min.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest time for a request of a peer that moves contents.</summary>
    /// <value>Default 30 min.</value>
    public TimeSpan ContentTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time for a segment that a peer sends to arrive, beside a second for every <see cref="UploadBytesPerSecond"/> of it.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest pace at which a peer may send a segment: whoever is slower would keep room that others may need.</summary>
    /// <value>Default 16 KiB.</value>
    public int UploadBytesPerSecond { get; set; } = 16 * 1024;

    /// <summary>Longest time for a segment of that length to arrive.</summary>
    internal TimeSpan UploadTimeFor(int lengthBytes) => UploadTimeout + TimeSpan.FromSeconds((double)lengthBytes / UploadBytesPerSecond);
}

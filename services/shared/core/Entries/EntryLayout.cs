namespace Causality.Core;

/// <summary>What a checked line says, and where: enough to read any member later without parsing again.</summary>
internal struct EntryLayout
{
    public long Timestamp;
    public EntryType EntryType;

    /// <summary>Between the quotes, still escaped; so are <see cref="TraceId"/> and <see cref="ParentId"/>.</summary>
    public ByteRange Id;
    public ByteRange TraceId;
    public ByteRange ParentId;

    /// <summary>The whole value; so is <see cref="Metadata"/>.</summary>
    public ByteRange Data;
    public ByteRange Metadata;
}

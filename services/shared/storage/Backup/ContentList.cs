using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Causality.Core;
using Causality.Storage.Blobs;

namespace Causality.Storage.Backup;

/// <summary>The contents that a snapshot points at: <c>contents.txt.gz</c>, a line "hash size" each; a hash may stand there twice.</summary>
internal static class ContentList
{
    public const string FileName = "contents.txt.gz";

    /// <summary>Opens the list for writing lines with <see cref="Line"/>.</summary>
    public static StreamWriter Create(string folder) => new(new GZipStream(new FileStream(PathIn(folder), FileMode.CreateNew), CompressionLevel.Fastest), Encoding.ASCII);

    public static string Line(ContentHash hash, long sizeBytes) => string.Create(CultureInfo.InvariantCulture, $"{hash} {sizeBytes}");

    /// <exception cref="BackupException">A line is none.</exception>
    public static async IAsyncEnumerable<StoredContent> ReadAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(PathIn(folder)), CompressionMode.Decompress), Encoding.ASCII);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return line.Split(' ') is [var hex, var text] && ContentHash.TryParse(hex, out var hash) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? new StoredContent(hash, size, default)
                : throw new BackupException($"'{PathIn(folder)}' has a line that names no content: the backup is damaged.");
        }
    }

    private static string PathIn(string folder) => Path.Combine(folder, FileName);
}

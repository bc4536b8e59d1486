using System.Buffers;
using Causality.Storage.Maintenance;

namespace Causality.Standalone.Commands;

/// <summary>Passes an answer of JSON Lines on as it comes, and counts.</summary>
internal static class PrintedLines
{
    private const int Portion = 64 * 1024;

    /// <summary>Copies the whole body.</summary>
    /// <param name="response">Its headers have been read, its body has not.</param>
    /// <param name="output">Where the lines go, byte for byte.</param>
    /// <param name="step">What a person sees beside the number.</param>
    /// <param name="before">Lines that were printed before this answer.</param>
    /// <param name="progress">Told after each portion; the total is not known.</param>
    /// <param name="cancellationToken">Ends it in the middle of a line.</param>
    /// <returns>Lines printed so far, with those before.</returns>
    public static async Task<long> CopyAsync(HttpResponseMessage response, Stream output, string step, long before, IProgress<MaintenanceProgress> progress, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(Portion);
        try
        {
            var lines = before;
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
                progress.Report(new(step, lines, 0));
            }

            return lines;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

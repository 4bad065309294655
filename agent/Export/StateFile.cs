using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A file of a monitor's state that was read once to its end and found whole, so that nothing is written of one that is not.</summary>
internal sealed class StateFile
{
    private readonly string _path;

    private StateFile(string path, ExportHeader header, ExportFooter footer, MonitorConfigText? config) => (_path, Header, Footer, Config) = (path, header, footer, config);

    public ExportHeader Header { get; }

    public ExportFooter Footer { get; }

    /// <summary>What the monitor ran with that was exported; null where there is none, or not the whole of one.</summary>
    public MonitorConfigText? Config { get; }

    /// <exception cref="StateFileException">It is damaged, cut off, of something else or of a newer program.</exception>
    public static async Task<StateFile> CheckAsync(string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (number, header, footer, config) = (0L, (ExportHeader?)null, (ExportFooter?)null, new List<KeptConfigPart>());
        await foreach (var line in StateFileLines.ReadAsync(path, cancellation))
        {
            if (footer is not null)
            {
                throw new StateFileException("goes on after its last line");
            }

            number++;
            if (header is null)
            {
                header = Read(line, ApiJson.Default.ExportHeader) is { Format: ExportHeader.OfMonitor } read ? Known(read) : throw new StateFileException("is of something else: it does not begin as 'monerocloud export' begins one");
            }
            else if (IsRow(line))
            {
                var row = Read(line, ApiJson.Default.ExportedRow) ?? throw new StateFileException($"is damaged: line {number} is no row");
                config.AddRange(PartOf(row) is { } part ? [part] : []);
            }
            else
            {
                footer = Read(line, ApiJson.Default.ExportFooter) ?? throw new StateFileException($"is damaged: line {number} is neither a row nor the end");
                continue; // Its own checksum is not of itself.
            }

            hash.AppendData(line);
        }

        return new StateFile(path, header ?? throw new StateFileException("is empty"), Whole(footer, number - 2, Convert.ToHexStringLower(hash.GetHashAndReset())), KeptConfigText.Join(config));
    }

    /// <summary>Its rows again, without the first ones.</summary>
    public async IAsyncEnumerable<ExportedRow> RowsAsync(long skip, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0L;
        await foreach (var line in StateFileLines.ReadAsync(_path, cancellation))
        {
            if (number > skip && number <= Footer.Rows)
            {
                yield return Read(line, ApiJson.Default.ExportedRow) ?? throw new StateFileException("was changed while it was read");
            }

            number++;
        }
    }

    private static ExportHeader Known(ExportHeader header) => header.Version is >= 1 and <= ExportHeader.Newest
        ? header
        : throw new StateFileException($"is of version {header.Version}, written by {ShownText.Printable(header.Program)}; this program reads up to version {ExportHeader.Newest}: take a newer one");

    private static ExportFooter Whole(ExportFooter? footer, long rows, string sha256) => footer switch
    {
        null => throw new StateFileException("is cut off: its last line is missing"),
        _ when footer.Rows != rows => throw new StateFileException($"is damaged: it has {rows} rows, and says {footer.Rows}"),
        _ when footer.Sha256 != sha256 => throw new StateFileException("is damaged, or was changed by hand: its checksum is not that of its contents"),
        _ => footer,
    };

    /// <summary>A row begins so, by the order of its members.</summary>
    private static bool IsRow(byte[] line) => line.AsSpan().StartsWith("{\"shard\":"u8);

    /// <summary>In a file they are in their order.</summary>
    private static KeptConfigPart? PartOf(ExportedRow row) =>
        row.Key?.StartsWith(KeptConfigPart.KeyPrefix, StringComparison.Ordinal) == true && row.Doc is { } doc ? Read(Encoding.UTF8.GetBytes(doc), KeptConfigJson.Default.KeptConfigPart) : null;

    private static T? Read<T>(byte[] line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

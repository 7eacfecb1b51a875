using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace CustomerService.Language;

/// <remarks>
/// The file, little-endian: "CSLINEAR", format version, n-gram version (4 bytes each), the language (text is UTF-8 with its length before it), number of heads, of
/// n-grams and of rows; for every head its name, 1 where its labels exclude each other, number of labels, slope, offset, threshold (float), the labels; biases (float);
/// for all n-grams, ascending: hash (uint); for all: row (three bytes); then for all rows: IDF (Half), scale (Half), weights (two in a byte, the first one low, each 8 more than it is); at last the CRC-32C of all before it. The same model is always the same bytes.
/// </remarks>
public sealed partial class LinearModel
{
    private const int FormatVersion = 3;
    private const int RowBytes = 3;
    private const int MaxHeads = 16;
    private const int MaxLabels = 65_535;

    private static ReadOnlySpan<byte> Magic => "CSLINEAR"u8;

    /// <summary>Writes the model. The stream is left open.</summary>
    public void Save(Stream stream)
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(NgramCounts.Version);
        writer.Write(Language);
        writer.Write(Heads.Length);
        writer.Write(_hashes.Length);
        writer.Write(_scales.Length);
        foreach (var head in Heads)
        {
            writer.Write(head.Name);
            writer.Write(head.IsOneOfMany ? 1 : 0);
            writer.Write(head.Labels.Length);
            writer.Write(head.Calibration.Slope);
            writer.Write(head.Calibration.Offset);
            writer.Write(head.Calibration.Threshold);
            foreach (var label in head.Labels)
                writer.Write(label);
        }

        foreach (var bias in _biases)
            writer.Write(bias);
        foreach (var hash in _hashes)
            writer.Write(hash);
        foreach (var row in _rows)
            writer.Write(BitConverter.GetBytes(row), 0, RowBytes);
        foreach (var idf in _idf)
            writer.Write((Half)idf);
        foreach (var scale in _scales)
            writer.Write((Half)scale);
        for (var row = 0; row < _scales.Length; row++)
        {
            for (var label = 0; label < LabelCount; label += 2)
                writer.Write((byte)(_weights[row * _stride + label] + 8 | (label + 1 < LabelCount ? _weights[row * _stride + label + 1] + 8 : 0) << 4));
        }

        writer.Flush();
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        stream.Write(bytes);
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, ChecksumOf(bytes));
        stream.Write(checksum);
    }

    /// <summary>Writes the model to a file, whole or not at all.</summary>
    public void Save(string path)
    {
        var unfinished = path + ".new";
        using (var stream = File.Create(unfinished))
            Save(stream);
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Reads a model file. Throws <see cref="InvalidDataException"/> naming the file and the fix when it is not one, is of another version, or is damaged.</summary>
    public static LinearModel Load(string path) => Read(File.ReadAllBytes(path), path);

    /// <summary>Reads a model from a stream; <paramref name="name"/> stands for the file's name in errors, which are those of <see cref="Load(string)"/>.</summary>
    public static LinearModel Load(Stream stream, string name = "the model")
    {
        using var body = new MemoryStream();
        stream.CopyTo(body);
        return Read(body.GetBuffer().AsSpan(0, (int)body.Length), name);
    }

    private static LinearModel Read(ReadOnlySpan<byte> bytes, string name)
    {
        if (!bytes.StartsWith(Magic))
            throw new InvalidDataException($"{name}: not a CustomerService model file. Make one with `train`.");
        var reader = new LittleEndianReader(bytes[Magic.Length..], name);
        var (format, features) = (reader.One<int>(), reader.One<int>());
        if (format != FormatVersion || features != NgramCounts.Version)
            throw new InvalidDataException($"{name}: model of format {format}.{features}, this program reads {FormatVersion}.{NgramCounts.Version}. Train it again with this program.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]) != ChecksumOf(bytes[..^sizeof(uint)]))
            throw LittleEndianReader.Damaged(name);

        var language = reader.String();
        var (headCount, ngrams, rowCount) = (reader.One<int>(), reader.One<int>(), reader.One<int>());
        if (headCount is < 1 or > MaxHeads || ngrams < 0 || rowCount < 0)
            throw LittleEndianReader.Damaged(name);
        var labelCount = 0;
        var heads = ImmutableArray.CreateBuilder<LinearHead>(headCount);
        for (var i = 0; i < headCount; i++)
        {
            heads.Add(ReadHead(ref reader, labelCount, name));
            labelCount += heads[i].Labels.Length;
        }

        if ((long)rowCount * labelCount / 2 > bytes.Length)
            throw LittleEndianReader.Damaged(name);
        var biases = reader.Many<float>(labelCount);
        var hashes = reader.Many<uint>(ngrams);
        var rows = new int[ngrams];
        var packed = reader.Bytes((long)RowBytes * ngrams);
        for (var n = 0; n < ngrams; n++)
        {
            rows[n] = packed[RowBytes * n] | packed[RowBytes * n + 1] << 8 | packed[RowBytes * n + 2] << 16;
            if (rows[n] >= rowCount)
                throw LittleEndianReader.Damaged(name);
        }

        var (idf, scales) = (reader.Halves(rowCount), reader.Halves(rowCount));
        var stride = StrideOf(labelCount);
        var weights = new sbyte[rowCount * stride];
        for (var row = 0; row < rowCount; row++)
        {
            var pairs = reader.Bytes((labelCount + 1) / 2);
            for (var label = 0; label < labelCount; label++)
                weights[row * stride + label] = (sbyte)((pairs[label / 2] >> 4 * (label % 2) & 15) - 8);
        }

        return new LinearModel(language, heads.MoveToImmutable(), hashes, rows, idf, scales, weights, biases);
    }

    private static LinearHead ReadHead(ref LittleEndianReader reader, int first, string name)
    {
        var (head, isOneOfMany, labelCount) = (reader.String(), reader.One<int>() == 1, reader.One<int>());
        if (labelCount is < 1 or > MaxLabels)
            throw LittleEndianReader.Damaged(name);
        var calibration = new Calibration(reader.One<float>(), reader.One<float>(), reader.One<float>());
        var labels = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < labelCount; i++)
            labels.Add(reader.String());
        return new LinearHead(head, isOneOfMany, first, labels.ToImmutable(), calibration);
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            checksum = BitOperations.Crc32C(checksum, word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
            checksum = BitOperations.Crc32C(checksum, rest);
        return ~checksum;
    }
}

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Language;

/// <remarks>
/// The file, little-endian: "CSLINEAR", format version, n-gram version, label count, n-gram count (4 bytes each); slope, offset, threshold
/// (float); the labels (length-prefixed UTF-8); biases (float); then for all n-grams, ascending: hash (uint), IDF (Half), scale (Half), weights
/// (sbyte each); at last the SHA-256 of all before it. The same model is always the same bytes.
/// </remarks>
public sealed partial class LinearModel
{
    private const int FormatVersion = 1;
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
        writer.Write(Labels.Length);
        writer.Write(_hashes.Length);
        writer.Write(Calibration.Slope);
        writer.Write(Calibration.Offset);
        writer.Write(Calibration.Threshold);
        foreach (var label in Labels)
            writer.Write(label);
        foreach (var bias in _biases)
            writer.Write(bias);
        foreach (var hash in _hashes)
            writer.Write(hash);
        foreach (var idf in _idf)
            writer.Write((Half)idf);
        foreach (var scale in _scales)
            writer.Write((Half)scale);
        for (var row = 0; row < _hashes.Length; row++)
            writer.Write(MemoryMarshal.AsBytes(_weights.AsSpan(row * _stride, Labels.Length)));
        writer.Flush();
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        stream.Write(bytes);
        stream.Write(SHA256.HashData(bytes));
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
        var (format, ngrams) = (reader.Int32(), reader.Int32());
        if (format != FormatVersion || ngrams != NgramCounts.Version)
            throw new InvalidDataException($"{name}: model of format {format}.{ngrams}, this program reads {FormatVersion}.{NgramCounts.Version}. Train it again with this program.");
        if (bytes.Length < Magic.Length + SHA256.HashSizeInBytes || !SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
            throw LittleEndianReader.Damaged(name);

        var (labelCount, rows) = (reader.Int32(), reader.Int32());
        if (labelCount is < 1 or > MaxLabels || rows < 0 || (long)rows * labelCount > bytes.Length)
            throw LittleEndianReader.Damaged(name);
        var calibration = new Calibration(reader.Single(), reader.Single(), reader.Single());
        var labels = ImmutableArray.CreateBuilder<string>(labelCount);
        for (var i = 0; i < labelCount; i++)
            labels.Add(reader.String());
        var biases = reader.Singles(labelCount);
        var hashes = reader.UInt32s(rows);
        var (idf, scales) = (reader.Halves(rows), reader.Halves(rows));
        var stride = StrideOf(labelCount);
        var weights = new sbyte[rows * stride];
        for (var row = 0; row < rows; row++)
            MemoryMarshal.Cast<byte, sbyte>(reader.Bytes(labelCount)).CopyTo(weights.AsSpan(row * stride));
        return new LinearModel(labels.MoveToImmutable(), calibration, hashes, idf, scales, weights, biases);
    }

    private ref struct LittleEndianReader(ReadOnlySpan<byte> bytes, string name)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public static InvalidDataException Damaged(string name) =>
            new($"{name}: the model file is damaged or incomplete. Restore it from a copy, or train it again.");

        public ReadOnlySpan<byte> Bytes(int count)
        {
            if (count > _rest.Length)
                throw Damaged(name);
            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

        public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Bytes(4));

        public string String()
        {
            var (length, shift) = (0, 0);
            byte part;
            do
            {
                part = Bytes(1)[0];
                length |= (part & 0x7F) << shift;
                shift += 7;
            }
            while (part >= 0x80 && shift < 28);
            return Encoding.UTF8.GetString(Bytes(length));
        }

        public float[] Singles(int count)
        {
            var values = new float[count];
            for (var i = 0; i < count; i++)
                values[i] = Single();
            return values;
        }

        public float[] Halves(int count)
        {
            var values = new float[count];
            for (var i = 0; i < count; i++)
                values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(Bytes(2));
            return values;
        }

        public uint[] UInt32s(int count)
        {
            var values = new uint[count];
            for (var i = 0; i < count; i++)
                values[i] = BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));
            return values;
        }
    }
}

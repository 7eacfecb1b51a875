namespace CustomerService.Fuzz.Tests.Targets;

/// <summary>A connection whose other side has said all it will say; what it is told is kept.</summary>
internal sealed class OneWayStream(byte[] said) : Stream
{
    private readonly CancellationTokenSource _gone = new(); // is not disposed, since the last read may be over before it is told
    private const byte Goodbye = 0x88;
    private readonly MemoryStream _said = new(said, writable: false);

    public MemoryStream Told { get; } = new();

    /// <summary>Cancelled when all was read: the other side has hung up.</summary>
    public CancellationToken Gone => _gone.Token;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = _said.Read(buffer);
        if (read == 0 && buffer.Length > 0)
            HangUp();
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Who is told that it is over hangs up.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (Told)
            Told.Write(buffer);
        if (buffer is [Goodbye, ..])
            HangUp();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void HangUp() => ThreadPool.QueueUserWorkItem(_ => _gone.Cancel());
}

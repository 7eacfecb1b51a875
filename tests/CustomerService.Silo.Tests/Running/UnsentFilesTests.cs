using System.Threading.Channels;
using CustomerService.Channels.Files;
using CustomerService.Grains.Conversations;
using CustomerService.Silo.Crm;
using CustomerService.Silo.Delivering;
using CustomerService.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Silo.Tests.Running;

public sealed class UnsentFilesTests
{
    [Fact]
    public async Task FilesAreSweptAtTheStartAndEachHour_WhateverOneSweepMeets()
    {
        var (clock, files) = (new ManualTimeProvider(), new Files());
        using var sweeping = new UnsentFiles(files, NobodyHas, new OnlyProcess(), clock, NullLogger<UnsentFiles>.Instance);
        var start = clock.GetUtcNow();

        await sweeping.StartAsync(default);
        Assert.Equal(start, await files.Sweeps.ReadAsync());
        files.Fault = new IOException("the disk is away");
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(start.AddHours(1), await files.Sweeps.ReadAsync());
        files.Fault = null;
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(files.Sweeps.TryRead(out _));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(start.AddHours(2), await files.Sweeps.ReadAsync());

        await sweeping.StopAsync(default);
        Assert.True(sweeping.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static ValueTask<IReadOnlySet<string>> NobodyHas(IReadOnlyCollection<string> references, CancellationToken cancellation) => new(new HashSet<string>());

    private sealed class Files : IAttachmentStore
    {
        private readonly Channel<DateTimeOffset> _sweeps = Channel.CreateUnbounded<DateTimeOffset>();

        public ChannelReader<DateTimeOffset> Sweeps => _sweeps.Reader;

        public Exception? Fault { get; set; }

        public Task ReleaseAsync(IReadOnlyCollection<string> references, DateTimeOffset until, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<int> SweepAsync(DateTimeOffset now, FilesInUse inUse, CancellationToken cancellation)
        {
            _sweeps.Writer.TryWrite(now);
            return Fault is null ? Task.FromResult(1) : Task.FromException<int>(Fault);
        }

        public Task<Attachment> KeepAsync(string name, string mediaType, Stream content, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Attachment> KeepUntilAsync(string name, string mediaType, Stream content, DateTimeOffset until, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Stream?> OpenAsync(string reference, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<bool> TakeAsync(IReadOnlyCollection<string> references, CancellationToken cancellation) => throw new NotSupportedException();
    }
}

using CustomerService.Channels.Files;
using CustomerService.Grains.Conversations;
using CustomerService.Tests;

namespace CustomerService.Channels.Tests.Files;

public sealed class FileLinksTests
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly Attachment File = new("my cup.png", "image/png", 3, "sha256-1");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Ticket_StandsForItsFileWhileItHolds()
    {
        var links = new FileLinks(Key, _time);
        var ticket = links.TicketFor(File);
        Assert.Equal(File, links.Read(ticket));
        Assert.Equal(File, new FileLinks(Key, _time).Read(ticket)); // another process
        Assert.Null(new FileLinks(new byte[32], _time).Read(ticket));
        _time.Advance(FileLinks.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(File, links.Read(ticket));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(links.Read(ticket));
    }

    [Fact]
    public void WhateverIsAltered_ItIsNoTicketAnyMore()
    {
        var links = new FileLinks(Key, _time);
        var ticket = links.TicketFor(File);
        foreach (var bad in (string[])["", "a", "é", ticket[..^1], ticket[..40], ticket + "A", new string('A', 100_000)])
            Assert.Null(links.Read(bad));
        for (var at = 0; at < ticket.Length - 1; at++) // the last character has bits that nobody reads
            Assert.Null(links.Read(ticket[..at] + (ticket[at] == 'A' ? 'B' : 'A') + ticket[(at + 1)..]));
    }
}

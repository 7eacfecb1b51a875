using CustomerService.AgentConsole.Conversations;
using CustomerService.AgentConsole.Wording;
using CustomerService.Gateway.Staff;

namespace CustomerService.AgentConsole.Tests.Conversations;

public sealed class FileLimitsTests
{
    private static readonly SendingOutlook Pictures = new(true) { MaxAttachments = 2, MaxAttachmentBytes = 1_500_000, MediaTypes = ["image/*", "application/pdf"] };

    [Theory]
    [InlineData(0, 1_000, "image/png", null)]
    [InlineData(1, 1_500_000, "APPLICATION/PDF", null)]
    [InlineData(2, 1_000, "image/png", "At most 2 files")]
    [InlineData(0, 1_500_001, "image/png", "larger than 1.5 MB")]
    [InlineData(0, 0, "image/png", "is empty")]
    [InlineData(0, 1_000, "text/plain", "it takes image/*, application/pdf")]
    public void WhatTheChannelWouldNotTake_IsSaidBefore(int already, long bytes, string type, string? said) => Check(Pictures, already, bytes, type, said);

    [Theory]
    [InlineData(9, 25_000_000, "anything/at-all", null)]
    [InlineData(10, 1, "image/png", "At most 10 files")]
    [InlineData(0, 25_000_001, "image/png", "larger than 25 MB")]
    public void WhereTheChannelHasNoLimits_OursHold(int already, long bytes, string type, string? said) => Check(null, already, bytes, type, said);

    [Fact]
    public void AChannelWithoutFiles_SaysSo() => Check(Pictures with { MaxAttachments = 0 }, 0, 1, "image/png", "takes no files");

    private static void Check(SendingOutlook? sending, int already, long bytes, string type, string? said)
    {
        var why = FileLimits.WhyNot(Words.In("en"), sending, already, "x<b>.png", bytes, type);
        if (said is null)
            Assert.Null(why);
        else
            Assert.Contains(said, why, StringComparison.Ordinal);
    }
}

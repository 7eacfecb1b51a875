using CustomerService.Channels.Twilio;

namespace CustomerService.Channels.Tests.Twilio;

public sealed class PhoneAddressTests
{
    [Theory]
    [InlineData("+49 (151) 123-45678", null, "+4915112345678")]
    [InlineData("0049 151 12345678", null, "+4915112345678")]
    [InlineData("+49 (0)151 12345678", null, "+4915112345678")]
    [InlineData("0151 12345678", "DE", "+4915112345678")]
    [InlineData("(0151) 123 456-78", "DE", "+4915112345678")]
    [InlineData("0049 151 12345678", "DE", "+4915112345678")]
    [InlineData("+1 202 555 0123", "DE", "+12025550123")]
    [InlineData("(202) 555-0123", "US", "+12025550123")]
    [InlineData("011 49 151 12345678", "US", "+4915112345678")]
    [InlineData("020 7123 4567", "GB", "+442071234567")]
    [InlineData("03-1234-5678", "JP", "+81312345678")]
    [InlineData("0151 12345678", null, "0151 12345678")] // whose, nobody knows
    [InlineData("72345", "DE", "72345")] // a short code
    [InlineData("SHOP", "DE", "SHOP")]
    [InlineData("sip:ada@example.com", "DE", "sip:ada@example.com")]
    [InlineData("", "DE", "")]
    public void SameNumber_IsAlwaysWrittenTheSame(string written, string? region, string normal) => Assert.Equal(normal, PhoneAddress.Normalise(written, region));

    [Theory]
    [InlineData("")]
    [InlineData(" Anonymous")]
    [InlineData("RESTRICTED")]
    [InlineData("+266696687")]
    [InlineData("withheld")]
    public void WithheldNumber_IsNobodys(string written) => Assert.Null(PhoneAddress.Caller(written, "DE"));
}

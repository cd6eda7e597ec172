import { BlockList, isIP } from "node:net";
import { z } from "zod";

/** `10.0.0.1,10.2.0.0/16` as a list that addresses are checked against. */
export const trustedProxies = z.string().transform((text, context) => {
  const list = new BlockList();
  for (const item of text.split(",").map((part) => part.trim())) {
    if (item !== "" && !add(list, item)) {
      context.addIssue({
        code: "custom",
        message: `has "${item}", which is no address and no network such as 10.2.0.0/16`,
      });
    }
  }
  return list;
});

function add(list: BlockList, item: string): boolean {
  const [address = "", bits, ...more] = item.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return false;
  const widest = version === 6 ? 128 : 32;
  if (Number(bits ?? widest) > widest) return false;
  list.addSubnet(address, Number(bits ?? widest), version === 6 ? "ipv6" : "ipv4");
  return true;
}

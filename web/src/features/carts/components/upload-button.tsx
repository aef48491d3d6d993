import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { OpenCart } from "@/shared/cart/use-cart";
import { Button } from "@/ui/button";

const UploadDialog = lazy(async () => ({
  default: (await import("@/features/carts/components/upload-dialog")).UploadDialog,
}));

/** Opens the upload of a file; what it takes to is loaded then. */
export function UploadButton({ open }: { open: OpenCart }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        <Trans>Upload a file</Trans>
      </Button>
      {isOpen && (
        <Suspense>
          <UploadDialog open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

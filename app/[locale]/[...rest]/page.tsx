import { notFound } from 'next/navigation'

/** Every address under a language that no other page answers. */
export default function UnknownPage() {
  notFound()
}
